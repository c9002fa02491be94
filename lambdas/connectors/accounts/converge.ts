import type { Creation, Ownership } from '../../../events/link-state';
import type { Work } from '../../user-links/decision';
import { type AccountRequest, type Connector, OutcomeUnknownError, RetryableError } from '../connector';
import type { ChosenAccount } from './adoption';
import { correlate } from './correlate';
import { belonging, type Circumstances, type Held, type Located, locate } from './locate';
import { locateChosen, takeOver } from './take-over';
import { unlessUnknown } from './unless-unknown';

/** How it stands after the work: an account in the wanted state, none, or one that somebody has to decide about. */
export type Converged =
  | {
      readonly kind: 'account';
      readonly accountId: string;
      readonly ownership: Ownership;
      /** True for an account that was made just now, and shows nothing but what it was made of. */
      readonly isNew?: true;
    }
  | { readonly kind: 'none' }
  | Held;

/** Brings a system to what the link wants of it. Works on from wherever an earlier attempt ended. */
export async function converge(
  connector: Connector,
  request: AccountRequest,
  work: Work,
  circumstances: Circumstances,
): Promise<Converged> {
  const { accountId, ownership, terms } = circumstances;
  const converged = await bring(connector, request, work, circumstances);
  const isGone =
    converged.kind === 'none' || (converged.kind === 'account' && converged.accountId !== accountId);
  // Whoever comes to this account next, should its id be given again, is not kept from it.
  if (isGone && accountId !== undefined && ownership === 'adopted') await terms.giveBack(accountId);
  return converged;
}

async function bring(
  connector: Connector,
  request: AccountRequest,
  work: Work,
  circumstances: Circumstances,
): Promise<Converged> {
  const { choice } = circumstances.terms;
  const isMade = work === 'present' || work === 'enabled';
  if (isMade && typeof choice === 'object') return takeChosen(connector, request, choice, circumstances);
  const located = await locate(connector, request, circumstances);
  if (located.kind === 'held') return located;
  if (isMade) {
    if (located.kind === 'none' && circumstances.mayCreate)
      return makeAccount(connector, request, work, circumstances);
    if (located.kind === 'none') return noneAfter(circumstances);
    return adjust(connector, request, located, { ...circumstances, enable: work === 'enabled' });
  }
  if (located.kind === 'none') return noneAfter(circumstances);
  const { account, ownership } = located;
  const end = work === 'absent' ? connector.remove(account) : connector.setActive(account, false);
  const result = await unlessUnknown(end);
  if (result === 'gone' || result === 'removed') return { kind: 'none' };
  return { kind: 'account', accountId: account.accountId, ownership };
}

// The system made it and does not show it yet: nobody would come back to the account once it does.
function noneAfter({ creation }: Circumstances): Converged {
  if (creation === 'confirmed') throw unseen();
  return { kind: 'none' };
}

async function takeChosen(
  connector: Connector,
  request: AccountRequest,
  choice: ChosenAccount,
  { terms, creation }: Circumstances,
): Promise<Converged> {
  const located = await locateChosen(connector, request, choice);
  if (located.kind !== 'account') return located;
  return takeOver(connector, request, terms, { ...located, former: choice.former?.userRef, creation });
}

/** Takes over an account that is there, or creates one, and looks again when the system says that one is there. */
async function makeAccount(
  connector: Connector,
  request: AccountRequest,
  work: Work,
  circumstances: Circumstances,
): Promise<Converged> {
  // The system made it and does not show it yet. Another create would make a second one.
  if (circumstances.creation === 'confirmed') throw unseen();
  const known = await adopt(connector, request, circumstances);
  if (known.kind !== 'none') return known;
  const created = await unlessUnknown(connector.create(request), 'unknown');
  if (created.kind === 'created')
    return { kind: 'account', accountId: created.accountId, ownership: 'created', isNew: true };
  const { accountId: _gone, ...rest } = circumstances;
  const confirmed = created.kind === 'created-unnamed';
  const located = await locate(connector, request, {
    ...rest,
    ...(confirmed ? { creation: 'confirmed' } : {}),
  });
  if (located.kind === 'held') return located;
  if (located.kind === 'account') {
    // It was there all along, and may be switched off: the next attempt begins with it.
    if (work === 'enabled' && !confirmed) throw new RetryableError('remote-unavailable');
    return adjust(connector, request, located, { ...circumstances, enable: false });
  }
  if (confirmed) throw unseen();
  const other = await adopt(connector, request, circumstances);
  if (other.kind !== 'none') return other;
  // What is there may be what an earlier create of ours made, in a system that shows new accounts late. Where an operator
  // asked for one beside what is there, that is what is in the way, and no time takes it away.
  const mayBeOurs = circumstances.creation !== undefined && circumstances.terms.choice !== 'new';
  if (mayBeOurs) throw unseen(circumstances.creation);
  return { kind: 'held', code: 'conflict' };
}

export const unseen = (creation: Creation = 'confirmed') =>
  new OutcomeUnknownError('remote-invalid-answer', undefined, creation);

/** By the rules of the configuration. `none` when no rule finds anybody. */
async function adopt(
  connector: Connector,
  request: AccountRequest,
  circumstances: Circumstances,
): Promise<Converged> {
  const { terms, creation } = circumstances;
  const found =
    terms.choice === 'new' ? ({ kind: 'none' } as const) : await correlate(connector, request, terms);
  if (found.kind !== 'match') return found;
  const { account } = found;
  if (account.carries === 'none')
    return takeOver(connector, request, terms, { account, ownership: 'adopted', creation });
  const located = await belonging(account, circumstances);
  return located.kind === 'account'
    ? adjust(connector, request, located, { ...circumstances, enable: false })
    : located;
}

async function adjust(
  connector: Connector,
  request: AccountRequest,
  { account, ownership }: Located & { kind: 'account' },
  { complete, enable }: { readonly complete: boolean; readonly enable: boolean },
): Promise<Converged> {
  const changed = complete ? await unlessUnknown(connector.change(account, request)) : 'unchanged';
  const enabled =
    enable && changed !== 'gone' ? await unlessUnknown(connector.setActive(account, true)) : changed;
  // It went away while we looked at it: the next attempt begins with what is there then.
  if (changed === 'gone' || enabled === 'gone') throw new RetryableError('remote-unavailable');
  const { accountId } = account;
  if (changed === 'exists') return { kind: 'held', code: 'conflict', account: { accountId, ownership } };
  return { kind: 'account', accountId, ownership };
}
