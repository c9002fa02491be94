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

  const isListed = ({ accountId }: { accountId: string }) => (listedAt.get(accountId) ?? 0) <= now();
  // Never because of an account with the same externalId: that would hide every second account that we make.
  const isTaken = ({ attributes, externalId }: AccountRequest, by?: string) => {
    const email = valuesOf(attributes).find(({ to }) => to === 'email')?.value;
    const others = remote.stored.filter((one) => one.externalId !== externalId && one.accountId !== by);
    return others.some(({ shown }) => emailOf(shown) === email);
  };

  const find: Connector['find'] = async (request): Promise<Found> => {
    const ours = remote.stored.filter((one) => one.externalId === request.externalId && isListed(one));
    const [first, ...others] = ours;
    if (first === undefined) return { kind: 'none' };
    if (others.length > 0) return { kind: 'many' };
    return { kind: 'one', account: { accountId: first.accountId, carries: 'ours', snapshot: first } };
  };
  const match: NonNullable<Connector['match']> = async ({ value }, request): Promise<Found> => {
    const [first, ...others] = remote.stored.filter((one) => isListed(one) && emailOf(one.shown) === value);
    if (others.length > 0) return { kind: 'many' };
    return first === undefined ? { kind: 'none' } : await remote.connector.read(first.accountId, request);
  };
  /** Makes an account that a search finds from `listed` on, epoch ms. */
  const createListed = async (request: Parameters<Connector['create']>[0], listed: number) => {
    if (isTaken(request)) return { kind: 'exists' } as const;
    const created = await remote.connector.create(request);
    if (created.kind === 'created') listedAt.set(created.accountId, listed);
    return created;
  };
  const change: Connector['change'] = async (account, request) =>
    isTaken(request, account.accountId) ? 'exists' : await remote.connector.change(account, request);

  const { read, setActive, remove } = remote.connector;
  const { stored, add, accounts } = remote;
  return { verbs: { find, match, read, change, setActive, remove }, createListed, stored, add, accounts };
}

const emailOf = (shown: object) => ('email' in shown ? shown.email : undefined);
