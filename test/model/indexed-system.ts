import type { AccountRequest, Connector, Found } from '../../lambdas/connectors/connector';
import { valuesOf } from '../../lambdas/connectors/intent/changes-of';
import { createRemoteSystem } from '../helpers/remote-system';

/**
 * A system whose search comes from an index that lags behind what was written, and in which an address belongs to one
 * person. A question for an id is answered from what was written.
 */
export function createIndexedSystem(now: () => number) {
  const remote = createRemoteSystem();
  const listedAt = new Map<string, number>();
  /** The instance that an account is in, by its id. */
  const places = new Map<string, string>();
  const isIn = (accountId: string, instance: string | undefined) =>
    instance === undefined || (places.get(accountId) ?? OF_BEFORE) === instance;

  const isListed = ({ accountId }: { accountId: string }) => (listedAt.get(accountId) ?? 0) <= now();
  // Never because of an account with the same externalId: that would hide every second account that we make.
  const isTaken = (instance: string | undefined, { attributes, externalId }: AccountRequest, by?: string) => {
    const email = valuesOf(attributes).find(({ to }) => to === 'email')?.value;
    const others = remote.stored.filter(
      (one) => one.externalId !== externalId && one.accountId !== by && isIn(one.accountId, instance),
    );
    return others.some(({ shown }) => emailOf(shown) === email);
  };

  const { read, setActive, remove } = remote.connector;
  /** What one instance of the system shows, and what it does; all of it where there is only one. */
  const verbsIn = (instance: string | undefined) => {
    const isShown = (account: { accountId: string }) =>
      isListed(account) && isIn(account.accountId, instance);
    const find: Connector['find'] = async (request): Promise<Found> => {
      const ours = remote.stored.filter((one) => one.externalId === request.externalId && isShown(one));
      const [first, ...others] = ours;
      if (first === undefined) return { kind: 'none' };
      if (others.length > 0) return { kind: 'many' };
      return { kind: 'one', account: { accountId: first.accountId, carries: 'ours', snapshot: first } };
    };
    const match: NonNullable<Connector['match']> = async ({ value }, request): Promise<Found> => {
      const [first, ...others] = remote.stored.filter((one) => isShown(one) && emailOf(one.shown) === value);
      if (others.length > 0) return { kind: 'many' };
      return first === undefined ? { kind: 'none' } : await read(first.accountId, request);
    };
    const readHere: Connector['read'] = async (accountId, request) =>
      isIn(accountId, instance) ? read(accountId, request) : { kind: 'none' };
    /** Makes an account that a search finds from `listed` on, epoch ms. */
    const createListed = async (request: AccountRequest, listed: number) => {
      if (isTaken(instance, request)) return { kind: 'exists' } as const;
      const created = await remote.connector.create(request);
      if (created.kind !== 'created') return created;
      listedAt.set(created.accountId, listed);
      if (instance !== undefined) places.set(created.accountId, instance);
      return created;
    };
    const change: Connector['change'] = async (account, request) =>
      isTaken(instance, request, account.accountId)
        ? 'exists'
        : await remote.connector.change(account, request);
    return { find, match, read: readHere, createListed, change, setActive, remove };
  };
  const { stored, add, accounts } = remote;
  return { verbsIn, stored, add, accounts };
}

/** The instance of what was there before us. */
export const OF_BEFORE = 'us';

const emailOf = (shown: object) => ('email' in shown ? shown.email : undefined);
