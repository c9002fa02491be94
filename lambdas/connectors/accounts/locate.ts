import type { Creation, Ownership } from '../../../events/link-state';
import type { Candidate } from '../../user-links/user-link';
import type { Account, AccountRequest, Connector, Found } from '../connector';
import type { AdoptionTerms } from './adoption';

/** What is known before a system is brought to what a link wants. */
export interface Circumstances {
  /** The account of the link, if it has one. */
  readonly accountId?: string;
  readonly ownership?: Ownership;
  /** What is known of an earlier create; absent when none can have reached the system. */
  readonly creation?: Creation;
  /** An unsigned event may create an account and never adopt one. */
  readonly unsigned: boolean;
  /** True when the event carries every attribute, so that the account may be changed to show them. */
  readonly complete: boolean;
  /** False while nobody asked for an account: one that is there is worked on, and none is made or taken over. */
  readonly mayCreate: boolean;
  readonly terms: AdoptionTerms;
}

export interface Held {
  readonly kind: 'held';
  readonly code: 'conflict' | 'ambiguous';
  /** The account, where it is certainly ours and only cannot be brought to what is wanted. */
  readonly account?: { readonly accountId: string; readonly ownership: Ownership };
  /** One that is not ours, and may be the user's. */
  readonly candidate?: Candidate;
}

export type Located =
  | { readonly kind: 'account'; readonly account: Account; readonly ownership: Ownership }
  | { readonly kind: 'none' }
  | Held;

/** Finds the account of the link: by its id, or by our externalId. Equality of the externalId alone adopts. */
export async function locate(
  connector: Connector,
  request: AccountRequest,
  circumstances: Circumstances,
): Promise<Located> {
  const found = await lookUp(connector, request, circumstances.accountId);
  if (found.kind === 'none') return { kind: 'none' };
  if (found.kind === 'many') return { kind: 'held', code: 'ambiguous' };
  return belonging(found.account, circumstances);
}

/** By the id, where there is one, else by our externalId. */
export async function lookUp(
  connector: Connector,
  request: AccountRequest,
  accountId: string | undefined,
): Promise<Found> {
  const known = accountId === undefined ? undefined : await connector.read(accountId, request);
  // Systems answer a question for an id from what was written, and a search from an index that comes after it.
  return known?.kind === 'one' ? known : connector.find(request);
}

/** Whose an account is that was found. */
export async function belonging(account: Account, circumstances: Circumstances): Promise<Located> {
  const { accountId, ownership, creation, unsigned, terms } = circumstances;
  if (account.carries !== 'ours') return { kind: 'held', code: 'conflict' };
  if (accountId === account.accountId && ownership !== undefined)
    return { kind: 'account', account, ownership };
  const weMadeIt = creation !== undefined || ownership === 'created';
  if (!weMadeIt) {
    return unsigned ? { kind: 'held', code: 'conflict' } : { kind: 'account', account, ownership: 'adopted' };
  }
  // A worker that died may have created it as well as taken it over, and what we did not make we do not remove.
  const mayBeAdopted = creation === 'unknown' && (await terms.holds(account.accountId));
  return { kind: 'account', account, ownership: mayBeAdopted ? 'adopted' : 'created' };
}
