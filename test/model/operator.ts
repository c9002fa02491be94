import { choosing } from '../../lambdas/user-links/choose';
import { erasing } from '../../lambdas/user-links/erasure';
import { isLeaving, released } from '../../lambdas/user-links/release';
import type { UserLink } from '../../lambdas/user-links/user-link';
import type { StoredAccount } from '../helpers/remote-system';
import { type Auth0, FOREIGN_ADDRESS, type Profile, UNCLAIMED_ADDRESS, userIdOf } from './auth0';
import { SKEW_MS } from './numbers';
import type { Queue } from './queue';
import type { Watch } from './watch';

export interface OperatorDeps {
  readonly now: () => number;
  readonly auth0: Auth0;
  readonly queue: Queue;
  readonly watch: Watch;
  readonly linkOf: (userId: string) => UserLink | undefined;
  readonly stored: readonly StoredAccount[];
  readonly write: (link: UserLink) => void;
}

/** Who settles what only a person can settle. */
export class Operator {
  constructor(private readonly deps: OperatorDeps) {}

  /** What docs/runbook.md has an operator write of a link that is held, and sends. */
  release(user: number): void {
    const { auth0, watch, linkOf, write, now } = this.deps;
    const row = linkOf(userIdOf(user));
    if (row?.state !== 'held') return;
    if (row.code === 'conflict') {
      const profile = auth0.profiles.get(userIdOf(user));
      // A user who is blocked needs no account, and nothing would bring the link on.
      if (profile?.blocked) return;
      write(released(row, now()));
      if (profile?.alive) auth0.register(user);
      return;
    }
    watch.isReleased(userIdOf(user));
    const due = { next: 'disable', dueAt: 1, due: '0', remindAt: 1 } as const;
    write({ ...row, ...due, revision: row.revision + 1 });
  }

  /** Says that the account which a rule found is the user's. */
  choose(user: number): void {
    const { auth0, linkOf, write, now } = this.deps;
    const row = linkOf(userIdOf(user));
    const candidate = row?.candidate;
    if (row?.state !== 'held' || candidate === undefined || row.accountId !== undefined || isLeaving(row))
      return;
    const { accountId } = candidate;
    write(choosing(row, { accountId, ownership: 'adopted' }, now()));
    // Nothing brings the link of a user on who is not there any more, and who needs no account.
    if (auth0.profiles.get(userIdOf(user))?.alive) auth0.register(user);
  }

  /** Marks the row as `punctual erase` does, unless a worker has it in hand, and asks the workers. */
  erase(user: number): void {
    const { auth0, watch, linkOf, write, now } = this.deps;
    const userId = userIdOf(user);
    const generation = auth0.profiles.get(userId)?.generation;
    if (generation === undefined) return;
    const row = linkOf(userId);
    const isBusy = row?.lease !== undefined && row.lease.until + 2 * SKEW_MS > now();
    if (!isBusy && (row?.generation ?? '') <= generation) {
      const names = { userRef: `ref:${userId}`, system: 'crm', user_id: userId, generation };
      const trace = { acceptedAt: now(), eventId: 'ask', requestId: 'ask', now: now() };
      write(erasing(row, { ...names, ...trace, lease: { token: 'none', until: 0 } }));
      watch.isDoomed(userId);
    }
    auth0.requestErasure(user);
  }

  /** Settles all that can be settled. */
  settle(): void {
    const { queue, auth0, linkOf } = this.deps;
    while (queue.parked.length > 0) queue.redrive(0);
    for (const profile of [...auth0.profiles.values()]) {
      const row = linkOf(profile.userId);
      if (row?.due === undefined && !this.isRightlyHeld(row, profile)) this.release(profile.user);
    }
  }

  /** True when no link is held that an operator could bring on. */
  get isDone(): boolean {
    return [...this.deps.auth0.profiles.values()].every((profile) => {
      const row = this.deps.linkOf(profile.userId);
      return row?.state !== 'held' || this.isRightlyHeld(row, profile);
    });
  }

  /** True for a link that stays held, whatever an operator does. */
  private isRightlyHeld(row: UserLink | undefined, profile: Profile): boolean {
    if (row?.state !== 'held') return false;
    if (row.code === 'merge-pending') return profile.mergedInto !== undefined;
    if (row.code !== 'conflict') return false;
    return profile.blocked || profile.email === FOREIGN_ADDRESS || this.isKept(row, profile);
  }

  /** True when the address of the profile is that of an account which the user may not have. */
  private isKept({ accountId }: UserLink, { userId, email, verified }: Profile): boolean {
    if (email !== UNCLAIMED_ADDRESS) return false;
    const others = this.deps.stored.filter(
      ({ externalId, shown }) =>
        externalId !== `acme/dev/${userId}` && (shown as { email?: string }).email === email,
    );
    const mayHaveIt = verified && accountId === undefined;
    return others.some(({ externalId }) => externalId !== '' || !mayHaveIt);
  }
}
