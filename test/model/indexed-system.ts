import type { Connector, Found } from '../../lambdas/connectors/connector';
import { createRemoteSystem } from '../helpers/remote-system';

/**
 * A system whose search comes from an index that lags behind what was written, and in which an address belongs to one
 * person. A question for an id is answered from what was written.
 */
export function createIndexedSystem(now: () => number) {
  const remote = createRemoteSystem();
  const listedAt = new Map<string, number>();
  const { show } = remote.connector;

  const isListed = ({ accountId }: { accountId: string }) => (listedAt.get(accountId) ?? 0) <= now();
  // Never because of an account with the same externalId: that would hide every second account that we make.
  const isTaken = (email: unknown, externalId: string) =>
    remote.stored.some((one) => one.externalId !== externalId && emailOf(one.shown) === email);

  const find: Connector['find'] = async (request): Promise<Found> => {
    const ours = remote.stored.filter((one) => one.externalId === request.externalId && isListed(one));
    const [first, ...others] = ours;
    if (first === undefined) return { kind: 'none' };
    if (others.length > 0) return { kind: 'many' };
    return { kind: 'one', account: { accountId: first.accountId, carries: 'ours', snapshot: first } };
  };
  /** Makes an account that a search finds from `listed` on, epoch ms. */
  const createListed = async (request: Parameters<Connector['create']>[0], listed: number) => {
    if (isTaken(emailOf(show(request)), request.externalId)) return { kind: 'exists' } as const;
    const created = await remote.connector.create(request);
    if (created.kind === 'created') listedAt.set(created.accountId, listed);
    return created;
  };
  const change: Connector['change'] = async (account, request) =>
    isTaken(emailOf(show(request)), request.externalId)
      ? 'exists'
      : await remote.connector.change(account, request);

  const { read, setActive, remove } = remote.connector;
  const { stored, add, accounts } = remote;
  return { verbs: { show, find, read, change, setActive, remove }, createListed, stored, add, accounts };
}

const emailOf = (shown: object) => ('email' in shown ? shown.email : undefined);
