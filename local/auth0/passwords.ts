import { scrypt as hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { lifeOf } from './tenant-roles';
import type { Profile, TenantUsers } from './tenant-users';

interface Kept {
  readonly salt: Buffer;
  readonly hash: Buffer;
}

const scrypt = promisify<string, Buffer, number, Buffer>(hash);
const HASH_BYTES = 32;

export const SHORTEST_PASSWORD = 8;

/** Passwords of the people of the database connection, in which an address is of one person only. */
export class Passwords {
  private readonly kept = new Map<string, Kept>();

  constructor(private readonly users: Pick<TenantUsers, 'find' | 'list'>) {}

  /** Who has an address in the database connection. */
  ownerOf(email: string): Profile | undefined {
    const wanted = email.trim().toLowerCase();
    const isTheirs = ({ email: of, identities }: Profile) =>
      String(of ?? '').toLowerCase() === wanted && identities.some(({ provider }) => provider === 'auth0');
    return this.users.list().find(isTheirs);
  }

  /** Does nothing for somebody who is not there. */
  async set(userId: string, password: string): Promise<void> {
    const salt = randomBytes(16);
    const hashed = await scrypt(password, salt, HASH_BYTES);
    const user = this.users.find(userId);
    if (user !== undefined) this.kept.set(lifeOf(user), { salt, hash: hashed });
  }

  /** Whose password it is; takes as long for an address that nobody has. */
  async userWith(email: string, password: string): Promise<Profile | undefined> {
    const owner = this.ownerOf(email);
    const kept = owner && this.kept.get(lifeOf(owner));
    const hashed = await scrypt(password, kept?.salt ?? Buffer.alloc(16), HASH_BYTES);
    return kept !== undefined && timingSafeEqual(kept.hash, hashed) ? owner : undefined;
  }
}
