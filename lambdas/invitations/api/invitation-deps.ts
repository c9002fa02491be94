import type { Invitation } from '../../../events/invitations/invitation';
import type { SendMessage } from '../../../events/invitations/mail-message';
import type { Invitations } from '../invitation-repository';

/** What the configuration lets invitations bring, as the API has to know it. */
export interface InvitationTerms {
  /** Names; the first is the one of an invitation that names none. */
  readonly applications: readonly string[];
  /** Names of the roles that may be granted. */
  readonly roles: readonly string[];
  readonly expiryDays: number;
  readonly keepAddressDays: number;
}

/** What the routes of invitations work with. */
export interface InvitationDeps {
  readonly invitations: Invitations;
  readonly terms: InvitationTerms;
  readonly userRefOf: (userId: string) => Promise<string>;
  readonly emailRefOf: (email: string) => Promise<string>;
  /** A name that is made of a text and of a secret of ours. */
  readonly digestOf: (text: string) => Promise<string>;
  /** Puts a sending into the queue of mails. */
  readonly send: (message: SendMessage) => Promise<void>;
  /** Takes back what was made ahead for an invitation; does nothing where nothing was. */
  readonly undo: (invitation: Invitation) => Promise<unknown>;
  /** The address that a profile has now; undefined where Auth0 knows none. Rejects where it does not say. */
  readonly emailOf: (userId: string) => Promise<string | undefined>;
  /** Of a new invitation: 22 characters of base64url. */
  readonly newId: () => string;
  /** Epoch ms. */
  readonly now: () => number;
}

export const DAY_MS = 24 * 60 * 60_000;
