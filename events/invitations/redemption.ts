import type { InvitationCode } from '../codes';

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
