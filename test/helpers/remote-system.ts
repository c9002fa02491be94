import { isDeepStrictEqual } from 'node:util';
import type { Account, AccountRequest, Connector, Found } from '../../lambdas/connectors/connector';
import { type Change, changesOf, valuesOf } from '../../lambdas/connectors/intent/changes-of';

type Verb = 'find' | 'match' | 'read' | 'create' | 'change' | 'setActive' | 'remove';
type Fault = () => Promise<unknown>;

/** An account of the system in memory. */
export interface StoredAccount {
  readonly accountId: string;
  /** Empty where it carries none. */
  readonly externalId: string;
  readonly active: boolean;
  readonly shown: object;
}

type Fields = Readonly<Record<string, unknown>>;

const changed = (shown: Fields, changes: readonly Change[]): Fields => {
  const next = { ...shown, ...Object.fromEntries(changes.map(({ to, value }) => [to, value])) };
  return Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined));
};

/**
 * A system in memory that behaves as told. A fault of a verb comes before it takes effect, one of `after` when it has.
 * `accounts` names the externalId of every account it has, in the order in which they were made.
 */
export function createRemoteSystem() {
  const stored: StoredAccount[] = [];
  const faults: { [V in Verb]?: Fault | undefined } = {};
  const after: { [V in Verb]?: Fault | undefined } = {};
  const calls: Verb[] = [];
  let made = 0;

  async function perform<T>(verb: Verb, act: () => T): Promise<T> {
    calls.push(verb);
    await faults[verb]?.();
    const result = act();
    await after[verb]?.();
    return result;
  }
  const add = (externalId: string, shown: object = { email: 'ada@example.com' }) => {
    const account = { accountId: `acc-${made++}`, externalId, active: true, shown };
    stored.push(account);
    return account;
  };
  const replace = (accountId: string, fields: Partial<StoredAccount>) => {
    const index = stored.findIndex((account) => account.accountId === accountId);
    const old = stored[index];
    if (old === undefined) return 'gone';
    const next = { ...old, ...fields };
    if (isDeepStrictEqual(next, old)) return 'unchanged';
    stored[index] = next;
    return 'changed';
  };
  const seen = (account: StoredAccount, { externalId }: AccountRequest): Account => ({
    accountId: account.accountId,
    carries: account.externalId === externalId ? 'ours' : account.externalId === '' ? 'none' : 'another',
    snapshot: account,
  });

  const connector: Connector = {
    find: (request) =>
      perform('find', (): Found => {
        const [first, ...others] = stored.filter(({ externalId }) => externalId === request.externalId);
        if (others.length > 0) return { kind: 'many' };
        return first === undefined ? { kind: 'none' } : { kind: 'one', account: seen(first, request) };
      }),
    match: ({ attribute, value }, request) =>
      perform('match', (): Found => {
        const [first, ...others] = stored.filter(({ shown }) => (shown as Fields)[attribute] === value);
        if (others.length > 0) return { kind: 'many' };
        return first === undefined ? { kind: 'none' } : { kind: 'one', account: seen(first, request) };
      }),
    read: (accountId, request) =>
      perform('read', (): Found => {
        const account = stored.find((one) => one.accountId === accountId);
        return account === undefined ? { kind: 'none' } : { kind: 'one', account: seen(account, request) };
      }),
    create: (request) =>
      perform('create', () => {
        const { accountId } = add(request.externalId, changed({}, valuesOf(request.attributes)));
        return { kind: 'created', accountId } as const;
      }),
    change: ({ accountId }, { attributes, externalId }) =>
      perform('change', () => {
        const shown = (stored.find((one) => one.accountId === accountId)?.shown ?? {}) as Fields;
        const changes = changesOf(attributes, (to) => shown[to]);
        return replace(accountId, { externalId, shown: changed(shown, changes) });
      }),
    setActive: ({ accountId }, active) => perform('setActive', () => replace(accountId, { active })),
    remove: ({ accountId }) =>
      perform('remove', () => {
        const index = stored.findIndex((one) => one.accountId === accountId);
        if (index < 0) return 'gone';
        stored.splice(index, 1);
        return 'removed';
      }),
  };
  const accounts = () => stored.map(({ externalId }) => externalId);
  return { connector, stored, add, accounts, faults, after, calls };
}
