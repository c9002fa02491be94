import { createHash, randomBytes } from 'node:crypto';
import type { EmailConfirmations } from '../email-confirmations';
import type { PasswordTicket } from '../password-tickets';
import { SHORTEST_PASSWORD } from '../passwords';
import type { People } from '../people';
import type { TenantConnection } from './tenant-parts';

/** What somebody typed that cannot be; in words for them. */
export class FormError extends Error {}

/** A ticket that is over, was used or never was. */
export class TicketError extends Error {}

export interface NewAccount {
  readonly email: string;
  readonly password: string;
  readonly username?: string | undefined;
}

/** Who somebody is elsewhere. */
export interface ForeignIdentity {
  readonly email: string;
  readonly emailVerified: boolean;
  readonly givenName?: string | undefined;
  readonly familyName?: string | undefined;
}

/** As many as somebody looks through. */
const MOST_KNOWN = 10;
const EMAIL = /^[^\s@<>]+@[^\s@<>]+$/;

/** People by what they prove: a password of the database connection, or a provider's word. */
export class Accounts {
  constructor(
    private readonly people: Pick<People, 'users' | 'passwords' | 'tickets' | 'signUp' | 'change'>,
    private readonly confirmations?: Pick<EmailConfirmations, 'ask'>,
  ) {}

  /** Gives the user's id. Throws {@link FormError}. */
  async signUp(account: NewAccount, connection: TenantConnection): Promise<string> {
    const email = readEmail(account.email);
    refuseShort(account.password);
    const { passwords } = this.people;
    if (passwords.ownerOf(email) !== undefined) {
      throw new FormError('Somebody signed up with this address already.');
    }
    const user_id = `auth0|${randomBytes(12).toString('hex')}`;
    const [nickname = email] = email.split('@');
    const username = account.username || undefined;
    // There before the hash is, so that of two sign-ups at once only one is. Nobody waits for the Actions of it.
    void this.people.signUp({
      connection: { ...connection },
      user: { user_id, email, email_verified: false, name: email, nickname, ...(username && { username }) },
    });
    this.confirmations?.ask(user_id, email);
    await passwords.set(user_id, account.password);
    return user_id;
  }

  /** Throws {@link FormError}, whatever was wrong. */
  async logIn(email: string, password: string): Promise<string> {
    const user = await this.people.passwords.userWith(email, password);
    if (user !== undefined) return user.user_id;
    throw new FormError('Wrong e-mail address or password.');
  }

  /** Uses a ticket up, for the user that it is of. Throws {@link FormError}, or {@link TicketError}. */
  async setPassword(secret: string, password: string): Promise<PasswordTicket> {
    refuseShort(password);
    const { users, passwords, tickets } = this.people;
    const ticket = tickets.use(secret);
    if (ticket === undefined || users.find(ticket.userId) === undefined) throw new TicketError();
    await passwords.set(ticket.userId, password);
    if (ticket.marksVerified) this.people.change(ticket.userId, { email_verified: true });
    return ticket;
  }

  /** Addresses of the latest people who came by a connection. */
  known({ name }: TenantConnection): string[] {
    const came = this.people.users
      .list()
      .filter(({ identities }) => identities.some(({ connection }) => connection === name));
    return came.flatMap(({ email }) => (typeof email === 'string' ? [email] : [])).slice(-MOST_KNOWN);
  }

  /** Who comes for the first time becomes a user. Gives the user's id. Throws {@link FormError}. */
  visit(identity: ForeignIdentity, connection: TenantConnection): string {
    const email = readEmail(identity.email);
    const userId = foreignUserId(email, connection);
    if (this.people.users.find(userId) !== undefined) return userId;
    const { givenName: given_name, familyName: family_name } = identity;
    const name = [given_name, family_name].filter(Boolean).join(' ') || email;
    const user = {
      user_id: userId,
      email,
      email_verified: identity.emailVerified,
      name,
      nickname: email.split('@')[0],
    };
    const names = { ...(given_name && { given_name }), ...(family_name && { family_name }) };
    void this.people.signUp({ connection: { ...connection }, user: { ...user, ...names } });
    return userId;
  }
}

function refuseShort(password: string): void {
  if (password.length < SHORTEST_PASSWORD) throw new FormError('The password is too short.');
}

function readEmail(text: string): string {
  const email = text.trim().toLowerCase();
  if (EMAIL.test(email) && email.length <= 254) return email;
  throw new FormError('This is no e-mail address.');
}

/** The same person always has the same id, of the form that the provider's have. */
function foreignUserId(email: string, { name, strategy }: TenantConnection): string {
  const digest = createHash('sha256').update(`${name} ${email}`).digest('hex');
  if (strategy === name) return `${strategy}|${BigInt(`0x${digest.slice(0, 16)}`)}`;
  return `${strategy}|${name}|${email}`;
}
