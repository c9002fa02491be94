import type { InvitationCode } from '../codes';
import type { Grant } from '../login-tokens';

/** What becomes of an attempt to redeem an invitation. Only `redeemed` changes anything. */
export type RedemptionOutcome =
  | 'redeemed'
  | Extract<
      InvitationCode,
      | 'invitation-expired'
      | 'invitation-revoked'
      | 'invitation-used'
      | 'invitation-unknown'
      | 'wrong-account'
      | 'address-unverified'
    >
  /** Something of ours could not be reached: it is as it was, and the same call may be made again. */
  | 'unavailable';

/** What the Action is told when it redeems. */
export interface RedemptionAnswer {
  readonly outcome: RedemptionOutcome;
  /** With `redeemed` lately, for a login that can wait: what the person gets by it, and whether they have it by now. */
  readonly grant?: Grant & { readonly isThere: boolean };
}
