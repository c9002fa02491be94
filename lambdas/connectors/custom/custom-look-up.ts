import { type AccountRequest, type Found, RejectedError, type Trait } from '../connector';
import { foldedAscii, isLike } from '../like';
import { accountOf, accountsOf, type CheckedAccount, foundOf, portAccount } from './checked-answers';
import { customVerb, type Own } from './custom-verb';
import { SenselessAnswer } from './failures';

/** The account that carries our externalId, exactly. */
export function find<Settings>(own: Own<Settings>, { externalId }: AccountRequest): Promise<Found> {
  return customVerb(own, 'find', async (system) => {
    const { accounts, more } = accountsOf('find', await own.definition.find(system, externalId));
    refuseStrays(accounts, (account) => account.externalId, externalId);
    const ours = accounts.filter((account) => account.externalId === externalId);
    return foundOf(ours, more, externalId);
  });
}

export function read<Settings>(
  own: Own<Settings>,
  accountId: string,
  { externalId }: AccountRequest,
): Promise<Found> {
  return customVerb(own, 'read', async (system): Promise<Found> => {
    const given = await own.definition.read(system, accountId);
    if (given === undefined) return { kind: 'none' };
    const account = accountOf('read', given);
    // Some systems answer a question for one id with somebody else.
    if (account.id !== accountId) throw new SenselessAnswer();
    return { kind: 'one', account: portAccount(account, externalId) };
  });
}

/** Accounts that show a trait; with another case where the system takes that for the same. */
export function match<Settings>(
  own: Own<Settings>,
  { attribute, value }: Trait,
  { externalId }: AccountRequest,
): Promise<Found> {
  const { definition } = own;
  const shownBy = ({ attributes }: CheckedAccount) => attributes[attribute];
  const asCompared = definition.ignoresCaseOf?.includes(attribute) ? foldedAscii : (text: string) => text;
  return customVerb(own, 'match', async (system) => {
    const { accounts, more } = accountsOf('match', await definition.match?.(system, attribute, value));
    refuseStrays(accounts, shownBy, value);
    const meant = accounts.filter((account) => {
      const shown = shownBy(account);
      return typeof shown === 'string' && asCompared(shown) === asCompared(value);
    });
    return foundOf(meant, more, externalId);
  });
}

// A system that ignores what it is asked lists everybody, and then "none of these is meant" would prove nothing.
function refuseStrays(
  accounts: readonly CheckedAccount[],
  shownBy: (account: CheckedAccount) => unknown,
  wanted: string,
): void {
  if (!accounts.every((account) => isLike(shownBy(account), wanted)))
    throw new RejectedError('filter-ignored');
}
