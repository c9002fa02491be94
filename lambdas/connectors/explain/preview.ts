import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { type BreakerState, NEVER_OPENED } from '../../../events/breaker-state';
import type { SharedItem } from '../../system-items/shared-item';
import type { UserLink } from '../../user-links/user-link';
import { type Reservations, reservationKey } from '../accounts/reservations';
import { RetryableError } from '../connector';
import { admissionOf, type BreakerPolicy } from '../gate/breaker';
import type { Gate } from '../gate/gate';
import type { CountryRule } from '../instances/country-rule';
import type { CommonDeps, Way } from '../provision-deps';

/** What a worker would do, with every write of it left out. */
export interface Preview {
  readonly deps: CommonDeps;
  /** What stands before the system, or one of its instances. */
  readonly guards: (instance?: string) => Pick<Way, 'gate' | 'reservations'>;
  /** Undefined of a system without instances. */
  readonly rule: CountryRule | undefined;
  /** The rows that would have been written, in order. */
  readonly rows: UserLink[];
}

/** The dependencies of a worker that reads what the real one reads, and writes into `rows` alone. */
export function previewOf(real: CommonDeps, guards: Preview['guards'], rule?: CountryRule): Preview {
  const rows: UserLink[] = [];
  const write = async (row: UserLink) => {
    rows.push(row);
    return true;
  };
  const links = { get: real.links.get, claim: write, close: write };
  // Whether too many went lately is known to who counts one more.
  return { deps: { ...real, links, admitDeletion: async () => true }, guards, rule, rows };
}

export interface PreviewGateDeps {
  readonly item: Pick<SharedItem<BreakerState>, 'read'>;
  readonly policy: BreakerPolicy;
  /** Epoch ms. */
  readonly now: () => number;
}

/** The breaker as it stands. Who explains is no probe: nobody would learn how it ended. */
export function createPreviewGate({ item, policy, now }: PreviewGateDeps): Gate {
  return {
    async admit() {
      const shared = await item.read().catch(() => undefined);
      const admission = admissionOf(shared?.value ?? NEVER_OPENED, now(), '', policy);
      if (admission.do === 'go') return { admitted: true, settle: async () => {} };
      if (admission.do === 'probe') return { admitted: false, code: 'breaker-open', forMs: 0 };
      const { code, forMs } = admission;
      return { admitted: false, code, forMs };
    },
  };
}

/** Who has which account, read and never taken. */
export function createPreviewReservations(
  client: Pick<DynamoDBDocumentClient, 'send'>,
  tableName: string,
  system: string,
  reservedIn?: string,
): Reservations {
  const holderOf = async (accountId: string): Promise<string | undefined> => {
    const Key = reservationKey(system, accountId, reservedIn);
    const get = new GetCommand({ TableName: tableName, Key, ConsistentRead: true });
    const { Item } = await client.send(get).catch(() => {
      throw new RetryableError('store-unavailable');
    });
    return Item?.userRef as string | undefined;
  };
  return {
    async take(accountId, userRef, former) {
      const holder = await holderOf(accountId);
      return holder === userRef || holder === former ? undefined : holder;
    },
    holds: async (accountId, userRef) => (await holderOf(accountId)) === userRef,
    giveBack: async () => {},
  };
}
