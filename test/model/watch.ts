import type { UserEvent } from '../../events/event-schema';
import { bringsAccount, type JitRule } from '../../events/jit-rule';
import { endedOf, type UserLink } from '../../lambdas/user-links/user-link';
import type { StoredAccount } from '../helpers/remote-system';
import type { Profile } from './auth0';

/** What a call is about to do to an account. */
export type Deed = 'create' | 'change' | 'switch-on' | 'switch-off' | 'remove';

export interface Call {
  readonly deed: Deed;
  readonly event: UserEvent;
  readonly externalId: string;
  readonly accountId?: string;
  /** Of the lease of the worker that calls. */
  readonly token: string | undefined;
  /** True for what takes effect after its worker saw it fail, and may have given its lease back. */
  readonly isLate: boolean;
  /** Which connections brought accounts when the worker began. */
  readonly jit: JitRule | null;
}

export interface WatchDeps {
  readonly now: () => number;
  readonly rowOf: (userId: string) => UserLink | undefined;
  readonly stored: readonly StoredAccount[];
  /** Id of the account that was there before us. */
  readonly unclaimed: () => string;
  /** When a life was deleted in Auth0, by `<user id>/<generation>`. */
  readonly deletions: ReadonlyMap<string, number>;
  /** When a life first left the scope. */
  readonly departures: ReadonlyMap<string, number>;
  /** Whether a life is to have an account. */
  readonly isDue: (life: string) => boolean;
  /** By which connections a life was told of. */
  readonly ways: ReadonlyMap<string, ReadonlySet<string>>;
  readonly afterMs: number;
  readonly graceMs: number;
  /** By how much the clocks of two workers differ at most. */
  readonly skewMs: number;
}

/** Looks at every call that changes something in the system, at the moment at which it takes effect. */
export class Watch {
  readonly violations: string[] = [];
  /** How often an account that was nobody's was taken over. */
  adoptions = 0;
  /** The latest generation of a user of which somebody was told that it is over. */
  private readonly over = new Map<string, string>();
  /** Users whose account may go: it is counted against the threshold. */
  private readonly admitted = new Set<string>();
  /** Lives whose account stays, because their user became part of another one. */
  private readonly kept = new Set<string>();
  private readonly left = new Set<string>();
  private readonly doomed = new Set<string>();
  /** Ids of the accounts that went by an erasure, by when that was asked for. */
  private readonly erased = new Map<string, Set<string>>();
  /** Lives whose account an operator let go. */
  private readonly released = new Map<string, number>();

  constructor(private readonly deps: WatchDeps) {}

  private isOver(userId: string, generation: string): void {
    if (generation > (this.over.get(userId) ?? '')) this.over.set(userId, generation);
  }

  /** A message ended with what it wanted, or with nothing to want. */
  isDone({ type, data }: UserEvent, profiles: Iterable<Profile>): void {
    const { user_id, created_at = '', identities } = data.user;
    if (type === 'user.deleted' || type === 'user.erase-requested') this.isOver(user_id, created_at);
    if (type !== 'user.updated' || !Array.isArray(identities)) return;
    for (const part of profiles) {
      const isPart = identities.includes(part.userId) && part.mergedInto === user_id;
      if (isPart) this.isPart(part.userId, part.generation);
    }
  }

  isAdmitted(userId: string): void {
    this.admitted.add(userId);
  }

  isReleased(userId: string): void {
    const life = this.lifeOf(userId);
    this.kept.delete(life);
    this.released.set(life, this.deps.now());
  }

  /** A user is known to be part of another one, so that an account which has not begun to go stays. */
  private isPart(userId: string, generation: string): void {
    const life = this.lifeOf(userId);
    const isThere = this.deps.stored.some(({ externalId }) => externalId === `acme/dev/${userId}`);
    const isLeaving = this.deps.rowOf(userId)?.outside === true;
    if (isThere && life === `${userId}/${generation}` && !this.left.has(life) && !isLeaving) {
      if (!this.released.has(life)) this.kept.add(life);
    }
  }

  /** Whatever the system has of a user whose row says that they are erased goes, and nobody takes it over. */
  isDoomed(userId: string): void {
    for (const { accountId, externalId } of this.deps.stored)
      if (externalId === `acme/dev/${userId}`) this.doomed.add(accountId);
  }

  /** Accounts that were to go and are there. */
  spared = () => this.deps.stored.filter(({ accountId }) => this.doomed.has(accountId));

  /** Ids of the accounts that went by the erasure that the row of a user tells of. */
  erasedOf = (userId: string): ReadonlySet<string> => this.erased.get(this.erasureOf(userId)) ?? new Set();

  private erasureOf = (userId: string) => `${userId}/${this.deps.rowOf(userId)?.erasure?.askedAt}`;

  isKept = (userId: string, generation: string) => this.kept.has(`${userId}/${generation}`);

  /** What `call` does is looked at before it is done. */
  see(call: Call): void {
    this.seeLease(call);
    this.seeOwner(call);
    this.seeDoomed(call);
    if (call.deed === 'switch-off' || call.deed === 'remove') this.seeEnd(call);
    else this.seeLife(call);
  }

  report(words: string): void {
    this.violations.push(words);
  }

  private seeLease({ deed, event, token, isLate }: Call): void {
    const lease = this.deps.rowOf(event.data.user.user_id)?.lease;
    if (isLate && lease === undefined) return;
    if (lease === undefined || lease.token !== token) this.report(`${deed} without the lease`);
  }

  private seeOwner({ deed, event, accountId, externalId }: Call): void {
    const account = this.deps.stored.find((one) => one.accountId === accountId);
    if (account === undefined) return;
    if (account.externalId !== '' && account.externalId !== externalId)
      this.report(`${deed} of a foreign account`);
    if (account.externalId === '') this.seeAdoption(deed, event, account);
    const isErased = this.isErasing(event.data.user.user_id);
    if (deed === 'remove' && account.accountId === this.deps.unclaimed() && !isErased)
      this.report('remove of an account that we did not make');
  }

  /** An account that is nobody's becomes that of the user who proved its address or was chosen, and is not touched otherwise. */
  private seeAdoption(deed: Deed, { type, data }: UserEvent, { accountId, shown }: StoredAccount): void {
    const { email, email_verified } = data.user;
    const isProven = email_verified === true && (type === 'user.registered' || type === 'user.logged-in');
    const isTheirs = isProven && email === (shown as { email?: string }).email;
    const chosen = this.deps.rowOf(data.user.user_id)?.chosen;
    const isChosen = typeof chosen === 'object' && chosen.accountId === accountId;
    if (deed !== 'change' || !(isTheirs || isChosen)) this.report(`${deed} of an account that is nobody's`);
    this.adoptions += 1;
  }

  private seeDoomed({ deed, accountId = '', isLate }: Call): void {
    const isBrought = deed === 'change' || deed === 'switch-on';
    if (isBrought && !isLate && this.doomed.has(accountId))
      this.report(`${deed} of an account that is to be erased`);
  }

  /** Nobody returns in a life that is over, by what the table says and by what was said when it ended. */
  private seeLife({ deed, event, isLate, jit }: Call): void {
    const { user_id, created_at = '' } = event.data.user;
    const row = this.deps.rowOf(user_id);
    this.admitted.delete(user_id);
    if (event.type === 'link.due') this.report(`${deed} for a reminder`);
    if (deed === 'create' && !this.deps.isDue(`${user_id}/${created_at}`))
      this.report('create before anybody asked');
    const ways = [...(this.deps.ways.get(`${user_id}/${created_at}`) ?? [])];
    if (deed === 'create' && !ways.some((name) => bringsAccount(jit, name)))
      this.report('create for a user whose connections bring none');
    // A call of before may take effect after an operator asked; only what looks later finds it.
    if (isLate && this.isErasing(user_id)) return;
    if (row !== undefined && endedOf(row) !== undefined) this.report(`${deed} though the row has ended`);
    if (created_at <= (this.over.get(user_id) ?? '')) this.report(`${deed} in a life that is over`);
    if (row?.blocked === true) this.report(`${deed} for a user who is blocked`);
    if (row?.outside === true) this.report(`${deed} for a user whom the scope leaves out`);
  }

  /** An account goes when its user was deleted, not too soon, counted, and not when it was only linked. */
  private seeEnd({ deed, event, accountId = '' }: Call): void {
    if (deed === 'remove' && this.isErasing(event.data.user.user_id)) {
      const erasure = this.erasureOf(event.data.user.user_id);
      this.erased.set(erasure, new Set([...(this.erased.get(erasure) ?? []), accountId]));
      return;
    }
    if (event.type !== 'link.due') {
      if (deed === 'remove') this.report('remove without a reminder');
      // A block switches off at once the account of somebody who leaves the scope.
      this.left.add(this.lifeOf(event.data.user.user_id));
      return;
    }
    const userId = event.data.user.user_id;
    const life = this.lifeOf(userId);
    if (this.deps.now() < this.earliest(life, deed)) this.report(`${deed} too soon`);
    if (!this.admitted.has(userId)) this.report(`${deed} beyond the threshold`);
    // Whoever left the scope before the end of the linked user was told goes by that.
    const isOut = this.deps.rowOf(userId)?.outside === true;
    if (this.kept.has(life) && !isOut) this.report(`${deed} of an account of a user who was linked`);
    if (isOut) this.kept.delete(life);
    if (deed === 'remove' && !this.left.has(life)) this.report('remove of an account that was never off');
    this.left.add(life);
  }

  // An operator said so: neither time nor number protects the account.
  private isErasing(userId: string): boolean {
    const row = this.deps.rowOf(userId);
    return row?.ended === 'erased' && row.next === 'erase';
  }

  private earliest(life: string, deed: Deed): number {
    const { deletions, departures, afterMs, graceMs, skewMs } = this.deps;
    const deleted = deletions.get(life) ?? Infinity;
    const departed = departures.get(life) ?? this.endBefore(life);
    const told = Math.min(deleted + afterMs, departed + (deed === 'remove' ? 0 : afterMs));
    const off = Math.min(told, this.released.get(life) ?? Infinity);
    return (deed === 'remove' ? off + graceMs : off) - 2 * skewMs;
  }

  // Of a new life nobody may have said yet whether the scope has it: then what the life before left goes on going.
  private endBefore(life: string): number {
    const [userId = ''] = life.split('/');
    if (this.deps.rowOf(userId)?.outside !== true) return Infinity;
    const before = [...this.deps.deletions].filter(([one]) => one.startsWith(`${userId}/`) && one < life);
    return before.at(-1)?.[1] ?? Infinity;
  }

  private lifeOf = (userId: string) => `${userId}/${this.deps.rowOf(userId)?.generation}`;
}
