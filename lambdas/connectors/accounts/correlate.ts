import type { Candidate } from '../../user-links/user-link';
import type { Account, AccountRequest, Connector } from '../connector';
import type { AdoptionTerms } from './adoption';

/** `match`: an account that may be taken over, or that turns out to carry our externalId. */
export type Correlated =
  | { readonly kind: 'none' }
  | { readonly kind: 'match'; readonly account: Account }
  | { readonly kind: 'held'; readonly code: 'conflict' | 'ambiguous'; readonly candidate?: Candidate };

/**
 * Looks for an account that is the user's although it does not carry our externalId. The first rule that finds
 * anything decides: whoever made a second account beside it would make two of one person.
 */
export async function correlate(
  connector: Pick<Connector, 'match'>,
  request: AccountRequest,
  terms: AdoptionTerms,
): Promise<Correlated> {
  for (const { isProvable, ...trait } of terms.traits) {
    const found = await connector.match?.(trait, request);
    if (found === undefined || found.kind === 'none') continue;
    if (found.kind === 'many') return { kind: 'held', code: 'ambiguous' };
    return judge(found.account, { canBeProven: terms.adopt && isProvable, vouched: terms.vouched });
  }
  return { kind: 'none' };
}

interface Proof {
  readonly canBeProven: boolean;
  readonly vouched: boolean;
}

function judge(account: Account, { canBeProven, vouched }: Proof): Correlated {
  const { accountId, carries } = account;
  if (carries === 'ours') return { kind: 'match', account };
  if (carries === 'another') return { kind: 'held', code: 'conflict' };
  if (canBeProven && vouched) return { kind: 'match', account };
  const candidate = { accountId, ...(canBeProven ? { unproven: true as const } : {}) };
  return { kind: 'held', code: 'conflict', candidate };
}
