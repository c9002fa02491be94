import type { UserEvent } from '../../../events/event-schema';
import type { Outcome } from '../../../events/outcome';
import { type ParsedEvent, parseEvent } from '../../../events/parse-event';
import type { Intent } from '../../user-links/intent';
import type { UserLink } from '../../user-links/user-link';
import { type AdoptionTerms, termsOf } from '../accounts/adoption';
import { correlate } from '../accounts/correlate';
import { type Circumstances, locate } from '../accounts/locate';
import type { AcceptedEvent } from '../authenticity/accepted-event';
import type { AccountRequest, Connector } from '../connector';
import type { Admitted, Refused } from '../gate/gate';
import type { Handover } from '../hand-over/handover';
import { type Place, placeOf } from '../instances/place';
import { waysOf } from '../instances/ways-of';
import { intentIn } from '../intent/intent-in';
import { wantOf } from '../intent/intent-of';
import { createProvision } from '../provision';
import type { Identity, PlacedDeps, ProvisionDeps } from '../provision-deps';
import { observed, type Seen } from './observed-connector';
import type { Preview } from './preview';
import type { RecordedCall } from './recording-transport';

/** Everything that was found out about one user in one system; nothing of it is masked. */
export interface Findings {
  readonly identity: Identity;
  /** The row as it is. */
  readonly link: UserLink | undefined;
  /** Absent where nobody knows the user's attributes. */
  readonly parsed?: ParsedEvent;
  /** Of an event that this version acts on. */
  readonly asked?: { readonly event: UserEvent; readonly intent: Intent; readonly request: AccountRequest };
  /** How the message would end. */
  readonly outcome?: Outcome;
  /** The row as it would be then; absent where it would stay as it is. */
  readonly next?: UserLink;
  /** Where the account is, or would be. */
  readonly place: Place;
  /** True where the system is told and cannot be looked into. */
  readonly isHandover: boolean;
  readonly seen: readonly Seen[];
  /** What the rules ask for, of whom an event is known. */
  readonly terms?: AdoptionTerms;
  /** Why nobody may call the system now. */
  readonly refused?: Refused;
}

export interface FindOutDeps {
  readonly preview: Preview;
  /** The way into the system, or one of its instances, over a transport that records in `calls`. */
  readonly wayTo: (instance?: string) => Connector | Handover;
  readonly calls: readonly RecordedCall[];
}

/** Goes the way of a message with all its look-ups and none of its writes, and looks where the message would not. */
export async function findOut(
  { preview, wayTo, calls }: FindOutDeps,
  { userId, body }: { readonly userId: string; readonly body?: string | undefined },
): Promise<Findings> {
  const seen: Seen[] = [];
  const ways = waysOf(preview.rule, (instance) => ({
    connector: observed(wayTo(instance), calls, seen),
    ...preview.guards(instance),
  }));
  const deps: ProvisionDeps = { ...preview.deps, ...ways };
  const parsed = body === undefined ? undefined : parseEvent(body);
  const event = parsed?.ok === true ? parsed.event : undefined;
  const id = event?.data.user.user_id ?? userId;
  const identity = await deps.identify(id);
  const link = await deps.links.get(identity.userRef, deps.system);
  const accepted = event && acceptedNow(event, deps);
  const asked = accepted && askedOf(deps, accepted, identity);
  const outcome = accepted && (await createProvision(deps)(accepted)).outcome;
  const place = placeOf(deps, { link, work: 'present', event });
  const placed = place.is === 'one' ? place.deps : undefined;
  const entry = await placed?.gate.admit(identity.userRef);
  const terms = asked && placed && (await termsFor(placed, asked, identity, link));
  const whole = { identity, link, asked, terms, id };
  if (seen.length === 0 && placed !== undefined && entry?.admitted === true) await look(placed, whole);
  const next = preview.rows.findLast((row) => row.userRef === identity.userRef && row.system === deps.system);
  return {
    ...{ identity, link, seen, place, isHandover: placed !== undefined && 'deliver' in placed.connector },
    ...(parsed && { parsed }),
    ...(asked && { asked }),
    ...(outcome && { outcome }),
    ...(next && { next }),
    ...(terms && { terms }),
    ...refusedBy(entry),
  };
}

const refusedBy = (entry: Admitted | Refused | undefined) =>
  entry === undefined || entry.admitted ? {} : { refused: entry };

// As if it came through the API just now, signed by who may send it.
function acceptedNow(event: UserEvent, { now }: Pick<ProvisionDeps, 'now'>): AcceptedEvent {
  const at = now();
  const route = event.type === 'link.due' ? 'internal' : 'events';
  return { event, acceptedAt: at, requestId: 'explain', route, unsigned: false, deliveries: 1, queuedAt: at };
}

function askedOf(deps: ProvisionDeps, accepted: AcceptedEvent, { externalId }: Identity): Findings['asked'] {
  const { event } = accepted;
  const want = wantOf(event);
  if (want === undefined) return undefined;
  const { user } = event.data;
  const attributes = deps.mapping.attributesOf(user);
  const intent = intentIn(deps, accepted, want, attributes);
  return { event, intent, request: { externalId, userId: user.user_id, attributes } };
}

async function termsFor(
  deps: PlacedDeps,
  { event, intent }: NonNullable<Findings['asked']>,
  { userRef }: Identity,
  link: UserLink | undefined,
): Promise<AdoptionTerms | undefined> {
  const { user } = event.data;
  const of = { userRef, chosen: link?.chosen, user, vouched: intent.vouched };
  return termsOf(deps, of).catch(() => undefined);
}

type Whole = Pick<Findings, 'identity' | 'link'> & {
  readonly [Name in 'asked' | 'terms']: Findings[Name] | undefined;
} & { readonly id: string };

/** A message that ends without the system says nothing of what is there. A failed look-up is among what was seen. */
async function look(deps: PlacedDeps, { identity, link, asked, terms, id }: Whole): Promise<void> {
  const { connector } = deps;
  if ('deliver' in connector) return;
  const request = asked?.request ?? { externalId: identity.externalId, userId: id, attributes: [] };
  const { accountId, ownership, creation } = link ?? {};
  const circumstances: Circumstances = {
    ...(accountId !== undefined && { accountId }),
    ...(ownership !== undefined && { ownership }),
    ...(creation !== undefined && { creation }),
    ...{ unsigned: false, complete: asked?.intent.complete ?? false, terms: terms ?? NO_TERMS },
    mayCreate: false,
  };
  const located = await locate(connector, request, circumstances).catch(() => undefined);
  if (located?.kind === 'none' && terms !== undefined) {
    await correlate(connector, request, terms).catch(() => undefined);
  }
}

const NO_TERMS: AdoptionTerms = {
  ...{ traits: [], adopt: false, vouched: false, choice: undefined },
  take: async () => false,
  holds: async () => false,
  giveBack: async () => {},
};
