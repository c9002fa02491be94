import { isAccountId } from '../../../events/account-id';
import type { Account, Created, Found } from '../connector';
import type { SystemAccount } from './definition';
import { SenselessAnswer } from './failures';

/** A connector gave what its type does not allow. Names the verb and nothing that it gave. */
export class ConnectorDefect extends Error {
  override readonly name = 'ConnectorDefect';
}

/** An account that the connector gave, with an id that can be one. */
export type CheckedAccount = SystemAccount & { readonly id: string };

/** A text, or a number as many APIs have; undefined for what cannot be an id, also as a name in a path. */
function idOf(id: unknown): string | undefined {
  const text = typeof id === 'number' && Number.isSafeInteger(id) ? `${id}` : id;
  if (typeof text !== 'string' || !isAccountId(text)) return undefined;
  return /^\.{1,2}$/.test(text) ? undefined : text;
}

/** What a search gave, checked. Whoever writes a connector passes on what the system says, whatever their types. */
export function accountsOf(verb: string, given: unknown): { accounts: CheckedAccount[]; more: boolean } {
  const { accounts, more = false } = fieldsOf(verb, given);
  if (!Array.isArray(accounts) || typeof more !== 'boolean') throw new ConnectorDefect(verb);
  return { accounts: accounts.map((account) => accountOf(verb, account)), more };
}

/** An account that a verb gave, checked. */
export function accountOf(verb: string, given: unknown): CheckedAccount {
  const { id: shown, externalId, active, attributes } = fieldsOf(verb, given);
  const id = idOf(shown);
  const isText = externalId === undefined || externalId === null || typeof externalId === 'string';
  // That comes of the system, and may be otherwise next time.
  if (id === undefined || !isText) throw new SenselessAnswer();
  if (active !== undefined && typeof active !== 'boolean') throw new ConnectorDefect(verb);
  // Without what every object has: an attribute may be called `constructor`.
  const own = Object.assign(Object.create(null), fieldsOf(verb, attributes));
  return { id, externalId, active, attributes: own };
}

/** Whose it is, seen from who carries `ours`. */
export function portAccount(account: CheckedAccount, ours: string): Account {
  const { id: accountId, externalId } = account;
  const isNone = externalId === undefined || externalId === null || externalId === '';
  return {
    accountId,
    carries: externalId === ours ? 'ours' : isNone ? 'none' : 'another',
    snapshot: account,
  };
}

/** One of the words that a verb may give. */
export function wordOf<Word extends string>(verb: string, given: unknown, words: readonly Word[]): Word {
  const word = words.find((one) => one === given);
  if (word === undefined) throw new ConnectorDefect(verb);
  return word;
}

export function createdOf(given: unknown): Created {
  if (given === 'exists') return { kind: 'exists' };
  const accountId = idOf(fieldsOf('create', given).id);
  return accountId === undefined ? { kind: 'created-unnamed' } : { kind: 'created', accountId };
}

/** What a search comes to, of the accounts that are meant. */
export function foundOf(meant: readonly CheckedAccount[], more: boolean, ours: string): Found {
  const [first] = meant;
  if (meant.length > 1) return { kind: 'many' };
  if (first !== undefined)
    return more ? { kind: 'many' } : { kind: 'one', account: portAccount(first, ours) };
  // Somebody may be on what is not shown.
  if (more) throw new SenselessAnswer();
  return { kind: 'none' };
}

function fieldsOf(verb: string, given: unknown): Readonly<Record<string, unknown>> {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw new ConnectorDefect(verb);
  return given as Readonly<Record<string, unknown>>;
}
