import { type Invitation, stateAt } from '../../events/invitations/invitation';
import type { RedemptionOutcome } from '../../events/invitations/redemption';
import type { Invitations } from './invitation-repository';
import type { InvitationRing } from './token/invitation-ring';
import { isTokenOf, readToken } from './token/token';

export interface CheckTokenDeps {
  readonly invitations: Pick<Invitations, 'get' | 'miss'>;
  readonly ring: () => Promise<InvitationRing>;
  /** Epoch ms. */
  readonly now: () => number;
}

export type TokenCheck =
  | { readonly outcome: 'open'; readonly invitation: Invitation }
  /** What the invitation says is told to nobody any more, but in its language and with the way to its application. */
  | {
      readonly outcome: Extract<
        RedemptionOutcome,
        'invitation-expired' | 'invitation-revoked' | 'invitation-used' | 'invitation-unknown' | 'unavailable'
      >;
      /** Where the token was right. */
      readonly of?: Pick<Invitation, 'language' | 'application'>;
    };

/** Guesses that one invitation takes within the time before it takes none for a while, right ones included. */
export const MOST_MISSES = 20;
export const MISSES_WINDOW_MS = 10 * 60_000;

const UNKNOWN = { outcome: 'invitation-unknown' } as const;

/**
 * Whether the text of a link opens an invitation. Changes nothing but the count of wrong ones, so that scanners of mail
 * may follow links as often as they like. That an invitation is there is told only to who has a token of it, and after
 * too many guesses to who knows its id: the right link is to be tried again then.
 */
export async function checkToken(deps: CheckTokenDeps, text: unknown): Promise<TokenCheck> {
  const token = readToken(text);
  if (token === undefined) return UNKNOWN;
  const row = await deps.invitations.get(token.id);
  const now = deps.now();
  if (row === undefined) return UNKNOWN;
  if (isGuessed(row, now)) return { outcome: 'unavailable' };
  if (!isTokenOf(row, token, await deps.ring())) {
    await deps.invitations.miss(row.id, { now, windowMs: MISSES_WINDOW_MS });
    return UNKNOWN;
  }
  const state = stateAt(row, now);
  return state === 'open'
    ? { outcome: 'open', invitation: row }
    : { outcome: CLOSED[state], of: { language: row.language, application: row.application } };
}

const isGuessed = ({ misses = 0, missesSince = 0 }: Invitation, now: number) =>
  misses >= MOST_MISSES && now - missesSince < MISSES_WINDOW_MS;

/** Why an invitation that is not open cannot be accepted. */
export const CLOSED = {
  redeemed: 'invitation-used',
  revoked: 'invitation-revoked',
  expired: 'invitation-expired',
} as const;
