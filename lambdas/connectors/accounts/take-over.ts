import type { Creation, Ownership } from '../../../events/link-state';
import {
  type Account,
  type AccountRequest,
  type Connector,
  OutcomeUnknownError,
  RejectedError,
  RetryableError,
} from '../connector';
import type { AdoptionTerms, ChosenAccount } from './adoption';
import type { Held, Located } from './locate';
import { unlessUnknown } from './unless-unknown';

/** The account is reserved and carries our externalId from now on, or it is left as it is. */
type Taken = { readonly kind: 'account'; readonly accountId: string; readonly ownership: Ownership } | Held;

interface Taking {
  readonly account: Account;
  readonly ownership: Ownership;
  /** userRef of the user who had it. */
  readonly former?: string | undefined;
  /** Of an earlier attempt. */
  readonly creation?: Creation | undefined;
}

/**
 * Makes an account that carries no externalId the user's own. It is reserved first, because another user may have found
 * it too. Whether it is switched on stays as it is: who switched it off had a reason.
 */
export async function takeOver(
  connector: Connector,
  request: AccountRequest,
  terms: AdoptionTerms,
  { account, ownership, former, creation }: Taking,
): Promise<Taken> {
  const { accountId } = account;
  if (!(await terms.take(accountId, former))) return { kind: 'held', code: 'conflict' };
  // It may be theirs from then on, though the link does not name it yet: who blocks them must look for it.
  const changed = await unlessUnknown(connector.change(account, request), 'unknown').catch(async (error) => {
    // Nothing made the account ours, so that it is nobody's, and the next attempt may be made in another instance. After
    // an attempt whose end nobody saw it may be ours, and what is not reserved then passes for one that we made.
    const isRefused = error instanceof RejectedError;
    const isUntouched = creation === undefined && !(error instanceof OutcomeUnknownError);
    if (isRefused || isUntouched) await terms.giveBack(accountId);
    throw error;
  });
  if (changed === 'changed' || changed === 'unchanged') return { kind: 'account', accountId, ownership };
  await terms.giveBack(accountId);
  // It went away, or became somebody else's, while we looked at it: the next attempt begins with what is there then.
  if (changed === 'gone') throw new RetryableError('remote-unavailable');
  return { kind: 'held', code: 'conflict', candidate: { accountId } };
}

/** The account that an operator chose, and whether it must be taken over; another user's is not. */
export async function locateChosen(
  connector: Connector,
  request: AccountRequest,
  { accountId, ownership, former }: ChosenAccount,
): Promise<Located> {
  const found = await connector.read(accountId, request);
  if (found.kind !== 'one') return { kind: 'held', code: 'conflict' };
  const { account } = found;
  if (account.carries !== 'another') return { kind: 'account', account, ownership };
  const asFormer = former && (await connector.read(accountId, { ...request, externalId: former.externalId }));
  const wasTheirs = asFormer?.kind === 'one' && asFormer.account.carries === 'ours';
  return wasTheirs ? { kind: 'account', account, ownership } : { kind: 'held', code: 'conflict' };
}
