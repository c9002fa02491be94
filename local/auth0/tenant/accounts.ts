import { createHash, scrypt as hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { People } from '../people';
import type { TenantConnection } from './tenant-parts';

/** What somebody typed that cannot be; in words for them. */
export class FormError extends Error {}

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

interface Password {
  readonly userId: string;
  readonly salt: Buffer;
  readonly hash: Buffer;
}

const scrypt = promisify<string, Buffer, number, Buffer>(hash);
const HASH_BYTES = 32;
const SHORTEST_PASSWORD = 8;
/** As many as somebody looks through. */
const MOST_KNOWN = 10;
const EMAIL = /^[^\s@<>]+@[^\s@<>]+$/;

/** People by what they prove: a password of the database connection, or a provider's word. */
export class Accounts {
  private readonly passwords = new Map<string, Password>();

  constructor(private readonly people: Pick<People, 'users' | 'signUp'>) {}

  /** Gives the user's id. Throws {@link FormError}. */
  async signUp(account: NewAccount, connection: TenantConnection): Promise<string> {
    const email = readEmail(account.email);
    if (account.password.length < SHORTEST_PASSWORD) throw new FormError('The password is too short.');
    if (this.passwords.has(email)) throw new FormError('Somebody signed up with this address already.');
    const user_id = `auth0|${randomBytes(12).toString('hex')}`;
    const salt = randomBytes(16);
    // Taken before the hash is there, so that of two sign-ups at once only one is.
    this.passwords.set(email, { userId: user_id, salt, hash: Buffer.alloc(0) });
    const hashed = await scrypt(account.password, salt, HASH_BYTES);
    this.passwords.set(email, { userId: user_id, salt, hash: hashed });
    const [nickname = email] = email.split('@');
    const username = account.username || undefined;
    // Nobody waits for the Actions of a sign-up.
    void this.people.signUp({
      connection: { ...connection },
      user: { user_id, email, email_verified: false, name: email, nickname, ...(username && { username }) },
    });
    return user_id;
  }

  /** Throws {@link FormError}, whatever was wrong. */
  async logIn(email: string, password: string): Promise<string> {
    const known = this.passwords.get(email.trim().toLowerCase());
    const hashed = await scrypt(password, known?.salt ?? Buffer.alloc(16), HASH_BYTES);
    const isRight =
      known !== undefined && known.hash.length === HASH_BYTES && timingSafeEqual(known.hash, hashed);
    if (isRight && this.people.users.find(known.userId) !== undefined) return known.userId;
    throw new FormError('Wrong e-mail address or password.');
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
