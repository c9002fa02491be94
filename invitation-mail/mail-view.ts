import type { Brand } from '../status-page/layout/brand';
import type { Language } from '../status-page/layout/language';

interface AnyMail {
  readonly language: Language;
  /** Who invites: name and colors. A mail shows no logo, as most mail programs show none that is in the mail. */
  readonly brand: Pick<Brand, 'name' | 'colors'>;
  /** Of the application that the person is invited to. */
  readonly application: string;
}

/** The person follows the link, says who they are and confirms. */
export interface InvitationView extends AnyMail {
  readonly kind: 'invitation';
  /** Leads to the accept page, with the token. */
  readonly link: string;
  /** Epoch ms. */
  readonly expiresAt: number;
  /** Only an account with the address of this mail may accept. */
  readonly isBound: boolean;
}

/** An account was made; the person chooses its password. */
export interface PreparedView extends AnyMail {
  readonly kind: 'prepared';
  /** The ticket of Auth0 at which a password is chosen. */
  readonly link: string;
  /** Epoch ms. */
  readonly expiresAt: number;
}

/** The account that the person has was given what they are invited to; there is nothing to confirm. */
export interface FinalizedView extends AnyMail {
  readonly kind: 'finalized';
  /** Of the application. */
  readonly link: string;
}

/** What a mail says. Every text in it may be hostile. */
export type MailView = InvitationView | PreparedView | FinalizedView;
export type MailKind = MailView['kind'];
