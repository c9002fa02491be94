import type { AttributeValue } from '../../../events/event-schema';
import type { AccountRequest } from '../connector';
import type { TargetAttribute } from '../intent/mapping';
import type { HandoverOrder, Wanted } from './handover';

/** Each says of an account what it is wanted to be. A rule of a bus can tell them apart. */
const HANDOVER_TYPES = {
  present: 'account.wanted',
  enabled: 'account.wanted-enabled',
  disabled: 'account.wanted-disabled',
  absent: 'account.unwanted',
  erased: 'account.wanted-erased',
} as const satisfies Record<Wanted, string>;

type Attributes = Readonly<Record<string, AttributeValue>>;

/** What a system is told: CloudEvents 1.0 as JSON, whatever carries it. */
export interface HandoverMessage {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: (typeof HANDOVER_TYPES)[Wanted];
  /** When it was asked for. */
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly data: {
    readonly system: string;
    readonly wanted: Wanted;
    /** Sent back as it is, it says whose account, and of which life of the user, a sign-off speaks of. */
    readonly user: { readonly user_id: string; readonly created_at?: string };
    readonly externalId: string;
    readonly accountId?: string;
    /** What the account is to show; null for what is empty. Present where the account is to be there. */
    readonly attributes?: Attributes;
    /** What it is to show where it shows nothing yet: the system has the say over these. */
    readonly initial?: Attributes;
    readonly version?: number;
    readonly sequence: number;
  };
}

/** Who tells whom. */
export interface HandoverParties {
  /** Such as `urn:punctual:acme.eu.auth0.com:prod`. */
  readonly source: string;
  readonly system: string;
}

export function handoverMessage(
  { id, wanted, request, generation, version, sequence, since, accountId }: HandoverOrder,
  { source, system }: HandoverParties,
): HandoverMessage {
  const { externalId, userId } = request;
  const isThere = wanted === 'present' || wanted === 'enabled';
  return {
    ...{ specversion: '1.0', id, source, type: HANDOVER_TYPES[wanted] },
    time: new Date(since).toISOString(),
    datacontenttype: 'application/json',
    data: {
      ...{ system, wanted },
      user: { user_id: userId, ...(generation === undefined ? {} : { created_at: generation }) },
      externalId,
      ...(accountId === undefined ? {} : { accountId }),
      ...(isThere ? toldOf(request) : {}),
      ...(version === undefined ? {} : { version }),
      sequence,
    },
  };
}

function toldOf({ attributes }: AccountRequest): Pick<HandoverMessage['data'], 'attributes' | 'initial'> {
  const [ours, theirs] = [true, false].map((isOurs) =>
    Object.fromEntries(
      attributes.filter(({ write }) => (write === 'always') === isOurs).flatMap((one) => [...entryOf(one)]),
    ),
  ) as [Attributes, Attributes];
  return { attributes: ours, ...(Object.keys(theirs).length === 0 ? {} : { initial: theirs }) };
}

// What an event leaves alone is not told, and what cannot be an attribute never comes here.
function entryOf(attribute: TargetAttribute): [string, AttributeValue][] {
  if (attribute.act === 'set') return [[attribute.to, attribute.value]];
  return attribute.act === 'clear' ? [[attribute.to, null]] : [];
}
