/** States of an invitation. One that is `open` counts as expired from `expiresAt` on, whatever its row says yet. */
export const INVITATION_STATES = ['open', 'redeemed', 'revoked', 'expired'] as const;

/** `link`: a link leads to a page. `precreate`: the user is made in Auth0 first, and sets a password. */
export const INVITATION_MODES = ['link', 'precreate'] as const;

/** Who may redeem: whoever has the link, or only who shows that the address of the invitation is theirs. */
export const INVITATION_BINDS = ['none', 'verified-email'] as const;

/** Languages that mails and pages are written in. */
export const INVITATION_LANGUAGES = ['en', 'de', 'fr'] as const;

/** An invitation is for a person who is awaited, and not for ever. */
export const MOST_EXPIRY_DAYS = 30;

/** What became of the mail. */
export const MAIL_STATES = ['queued', 'sent', 'bounced', 'complained', 'failed'] as const;

export type InvitationState = (typeof INVITATION_STATES)[number];
export type InvitationMode = (typeof INVITATION_MODES)[number];
export type InvitationBind = (typeof INVITATION_BINDS)[number];
export type InvitationLanguage = (typeof INVITATION_LANGUAGES)[number];
export type MailState = (typeof MAIL_STATES)[number];

/** What the inviting system knows the person by: opaque references into the caller's own systems. */
export type InvitationData = Readonly<Record<string, string | number | boolean>>;

/** The trace that a token leaves: nobody makes the token of it. */
export interface SecretHash {
  /** base64url(HMAC-SHA256(key, token)). */
  readonly hash: string;
  /** Which key of the ring. */
  readonly keyVersion: string;
}

/** What is known of the mail of the current sending. */
export interface InvitationMail {
  readonly state: MailState;
  /** ISO 8601. */
  readonly at: string;
  /** Why, where the state alone does not say. */
  readonly code?: string;
}

/** A row of the invitation table. Times are ISO 8601 in UTC with milliseconds, so that they compare as texts. */
export interface Invitation {
  /** 22 characters of base64url. It names the invitation in logs, and opens nothing. */
  readonly id: string;
  readonly state: InvitationState;
  readonly mode: InvitationMode;
  readonly bind: InvitationBind;
  /** Gone once the address is forgotten, and so is `emailRef`. */
  readonly email?: string;
  /** The name under which the table knows the address. */
  readonly emailRef?: string;
  /** Names of roles, as Auth0 calls them. */
  readonly roles: readonly string[];
  readonly data: InvitationData;
  /** Name of the configured application that the person lands in. */
  readonly application: string;
  readonly language: InvitationLanguage;
  readonly createdAt: string;
  readonly expiresAt: string;
  /** The program, the userRef of the person, or the ARN of the operator. */
  readonly createdBy: string;
  /** Of the current sending: of each mail that may be out there one, at most {@link MOST_SECRETS}. */
  readonly secrets: readonly SecretHash[];
  /** Raised by each resend; 1 at first. */
  readonly sending: number;
  readonly mail?: InvitationMail;
  /** userRef. */
  readonly redeemedBy?: string;
  /** `user_id` in Auth0; gone once the user is erased. */
  readonly redeemedByUserId?: string;
  /** `created_at` of who redeemed it: somebody who was deleted and signs up again is another person to it. */
  readonly generation?: string;
  readonly redeemedAt?: string;
  /** When the systems were told of it. */
  readonly toldAt?: string;
  /** `user_id` of the user that was made for it. */
  readonly precreated?: string;
  readonly precreation?: 'prepared' | 'fallback' | 'finalized';
  /** What was made ahead is taken back. */
  readonly withdrawn?: true;
  /** Whom it was to is forgotten as soon as what was made ahead is taken back: the address alone leads there. */
  readonly forget?: true;
  readonly revokedAt?: string;
  /** Hashes of the key under which it was created, and of what was asked for. */
  readonly idempotency?: { readonly key: string; readonly body: string };
  /** Wrong tokens lately, and epoch ms of the first of them. */
  readonly misses?: number;
  readonly missesSince?: number;
  /** Present while the clock alone has something to do here: the key of the index, and epoch ms. */
  readonly due?: string;
  readonly dueAt?: number;
  /** How often in a row the clock could not bring it on. */
  readonly failures?: number;
  /** Key of the index of lists. */
  readonly listed: string;
  /** Of its writing. */
  readonly revision: number;
}

export const MOST_SECRETS = 5;

/** The state at `now` (epoch ms): a link is dead on the second, whatever the sweeper did so far. */
export function stateAt(
  { state, expiresAt }: Pick<Invitation, 'state' | 'expiresAt'>,
  now: number,
): InvitationState {
  return state === 'open' && Date.parse(expiresAt) <= now ? 'expired' : state;
}

/** Whether a text can be the id of an invitation. */
export const isInvitationId = (text: string): boolean => /^[\w-]{22}$/.test(text);
