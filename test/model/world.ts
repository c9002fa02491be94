import { buildEvent } from '../../events/build-event';
import type { Outcome } from '../../events/outcome';
import type { AcceptedEvent } from '../../lambdas/connectors/accepted-event';
import { type Connector, RejectedError, RetryableError } from '../../lambdas/connectors/connector';
import { createProvision } from '../../lambdas/connectors/provision';
import type { UserLink } from '../../lambdas/user-links/user-link';
import type { UserLinks } from '../../lambdas/user-links/user-link-repository';
import { anAcceptedEvent, NOW } from '../helpers/events';
import { createLinksInMemory } from '../helpers/links';
import { Auth0, FOREIGN_ADDRESS, type Profile, userIdOf } from './auth0';
import { createIndexedSystem } from './indexed-system';
import { type Call, type Deed, Watch } from './watch';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const SETTLE_MS = 15 * SECOND;
/** By how much the clock of a worker is wrong at most. */
export const SKEW_MS = 2 * SECOND;
/**
 * What a call does shows this long after it was sent at the latest, its place in the index included. One worker writes
 * down until when to wait and another one reads it, so that the wait must be longer by what their clocks differ.
 */
const LATE_MS = SETTLE_MS - 2 * SKEW_MS - 1;
/** A system that says that it made an account is believed, however late a search finds it. */
const VERY_LATE_MS = HOUR;
/** Lambda ends a function that takes longer. */
const FUNCTION_TIMEOUT_MS = 30 * SECOND;
/** As short as it may be: only clocks that differ lie between the end of the function and the end of its lease. */
const LEASE_MS = FUNCTION_TIMEOUT_MS + 2 * SKEW_MS + SECOND;
const LEAVE = { ending: 'delete', afterMs: 15 * MINUTE, graceMs: 30 * DAY } as const;
/** Accounts that may go within a window. */
const THRESHOLD = { accounts: 1, windowMs: DAY };

interface Message {
  readonly accepted: AcceptedEvent;
  /** Epoch ms before which the queue does not deliver it. */
  visibleAt: number;
  deliveries: number;
  /** How it ended; exactly one once it is no longer in the queue. */
  readonly ends: Outcome[];
}

/** What happens to the next call that a worker makes. */
export type Fate =
  | 'answered'
  | 'throttled'
  | 'rejected'
  | 'timed-out'
  | 'answer-lost'
  | 'late'
  | 'unnamed'
  | 'crash-before'
  | 'crash-after'
  /** Hangs, calls at the last moment, and is ended before there is an answer. */
  | 'time-over';

export type Verb = 'get' | 'claim' | 'close' | 'admit' | 'find' | 'read' | Deed;

/** A worker that waits for the fate of its next call. */
interface Turn {
  readonly what: Verb;
  /** Epoch ms at which its function was started. */
  readonly since: number;
  readonly decide: (fate: Fate) => void;
}

/** One run of the function: a message, a clock that may be wrong, and a life that may end at any call. */
interface Run {
  readonly accepted: AcceptedEvent;
  readonly since: number;
  readonly skew: number;
  token?: string;
  isAlive: boolean;
  /** True once nothing more fails. */
  isSpared: boolean;
}

/** A call's ways to end: `fails` is what the caller sees of one that does. */
interface Ways<T> {
  readonly what: Verb;
  readonly act: () => Promise<T>;
  readonly fails: (fate: 'throttled' | 'rejected' | 'timed-out') => Error;
  /** Absent where nothing happens late. */
  readonly actLate?: () => Promise<T>;
  /** Absent where there is always a name. */
  readonly actUnnamed?: () => Promise<T>;
}

/** Auth0, a queue, a table and a system in memory, with workers whose every call may meet any fate. */
export class World {
  now = NOW;
  readonly table = createLinksInMemory();
  readonly remote = createIndexedSystem(() => this.now);
  readonly auth0 = new Auth0({
    nextSecond: () => {
      this.tick(SECOND);
      return new Date(this.now).toISOString();
    },
    newId: () => ++this.ids,
    tell: (event) => this.send(anAcceptedEvent({ event, acceptedAt: this.now })),
  });
  readonly watch = new Watch({
    now: () => this.now,
    rowOf: (userId) => this.linkOf(userId),
    stored: this.remote.stored,
    deletions: this.auth0.deletions,
    afterMs: LEAVE.afterMs,
    graceMs: LEAVE.graceMs,
    skewMs: SKEW_MS,
  });
  /** Has an address that users may choose as well. */
  readonly foreign = this.remote.add('somebody-else', { email: FOREIGN_ADDRESS });
  /** Every message that was ever sent. */
  readonly messages: Message[] = [];
  readonly queue: Message[] = [];
  readonly parked: Message[] = [];
  private readonly turns: Turn[] = [];
  /** Effects of calls whose answers were lost, and when they show. */
  private readonly late: { at: number; act: () => void }[] = [];
  /** Accounts that went, by window. */
  private readonly gone = new Map<number, number>();
  private isHealthy = false;
  private ids = 0;

  // --- the queue -----------------------------------------------------------------------------------------------

  private send(accepted: AcceptedEvent): void {
    const message = { accepted, visibleAt: this.now, deliveries: 0, ends: [] };
    this.messages.push(message);
    this.queue.push(message);
  }

  duplicate(index: number): void {
    const message = this.messages[index % Math.max(1, this.messages.length)];
    if (message !== undefined) this.send(message.accepted);
  }

  /** Sends a parked message again, as an operator does. */
  redrive(index: number): void {
    const [message] = this.parked.splice(index % Math.max(1, this.parked.length), 1);
    if (message !== undefined) this.send(message.accepted);
  }

  /** Hands one visible message to a worker, whichever: order is not kept. */
  async deliver(index: number, skew = 0): Promise<void> {
    const visible = this.queue.filter(({ visibleAt }) => visibleAt <= this.now);
    const message = visible[index % Math.max(1, visible.length)];
    if (message !== undefined) await this.handOver(message, skew);
  }

  private async handOver(message: Message, skew: number): Promise<void> {
    message.deliveries += 1;
    message.visibleAt = this.now + 120 * SECOND;
    const accepted = { ...message.accepted, deliveries: message.deliveries };
    const run: Run = { accepted, skew, since: this.now, isAlive: true, isSpared: this.isHealthy };
    this.worker(run)(accepted).then(
      ({ outcome }) => this.settled(message, outcome),
      (error) => this.watch.report(`a worker rejects: ${error}`),
    );
    await this.breathe();
  }

  private settled(message: Message, outcome: Outcome): void {
    if (outcome.kind === 'retry') {
      message.visibleAt = this.now + outcome.afterMs;
      return;
    }
    message.ends.push(outcome);
    const index = this.queue.indexOf(message);
    if (index >= 0) this.queue.splice(index, 1);
    if (outcome.kind === 'rejected') this.parked.push(message);
    else this.noteEnd(message.accepted);
  }

  private noteEnd({ event }: AcceptedEvent): void {
    const { user_id, created_at = '', identities } = event.data.user;
    if (event.type === 'user.deleted') this.watch.isOver(user_id, created_at);
    if (event.type !== 'user.updated' || !Array.isArray(identities)) return;
    for (const part of this.auth0.profiles.values()) {
      if (identities.includes(part.userId) && part.mergedInto === user_id)
        this.watch.isPart(part.userId, part.generation);
    }
  }

  /** The sweeper's reminders of what is due. */
  sweep(): void {
    for (const row of this.table.rows.values()) {
      if (row.due === undefined || (row.remindAt ?? Infinity) > this.now) continue;
      this.write({ ...row, remindAt: this.now + 13 * HOUR });
      this.remind(row.user_id);
    }
  }

  /** A reminder, whether anything is due or not. */
  remind(userId: string | undefined): void {
    if (userId === undefined) return;
    const parts = { source: 'urn:punctual', type: 'link.due', at: this.now, system: 'crm' } as const;
    const event = buildEvent({ ...parts, id: `due${++this.ids}`, user: { user_id: userId } });
    this.send(anAcceptedEvent({ event, acceptedAt: this.now, route: 'internal' }));
  }

  // --- workers -------------------------------------------------------------------------------------------------

  private worker(run: Run) {
    const now = () => this.now + run.skew;
    return createProvision({
      system: 'crm',
      links: this.linksOf(run),
      connector: this.connectorOf(run),
      identify: async (userId) => ({ userRef: `ref:${userId}`, externalId: `acme/dev/${userId}` }),
      admitDeletion: () =>
        this.call(run, {
          what: 'admit',
          act: async () => this.admit(run.accepted.event.data.user.user_id, now()),
          fails: () => new Error('the table is away'),
        }),
      now,
      random: () => 0.5,
      newToken: () => {
        run.token = `token-${++this.ids}`;
        return run.token;
      },
      leaseMs: LEASE_MS,
      settleMs: SETTLE_MS,
      retry: { baseMs: SECOND, capMs: 900 * SECOND, horizonMs: 30 * MINUTE, minAttempts: 3 },
      leave: LEAVE,
    });
  }

  private call<T>(run: Run, { what, act, fails, actLate, actUnnamed }: Ways<T>): Promise<T> {
    if (!run.isAlive) return new Promise(() => {});
    if (run.isSpared) return act();
    return new Promise<T>((resolve, reject) => {
      const decide = (fate: Fate) => {
        switch (fate) {
          case 'answered':
            return void act().then(resolve, reject);
          case 'throttled':
          case 'rejected':
          case 'timed-out':
            return reject(fails(fate));
          case 'answer-lost':
            return void act().then(() => reject(fails('timed-out')), reject);
          case 'late':
            if (actLate !== undefined) this.late.push({ at: this.now + LATE_MS, act: () => void actLate() });
            return reject(fails('timed-out'));
          case 'unnamed':
            // Only a worker that lives to write it down protects against an index that is later than `settleMs`.
            run.isSpared = actUnnamed !== undefined;
            return void (actUnnamed ?? act)().then(resolve, reject);
          case 'crash-before':
            run.isAlive = false;
            return;
          case 'time-over':
            this.tick(run.since + FUNCTION_TIMEOUT_MS - 1 - this.now);
            run.isAlive = false;
            return void act();
          case 'crash-after':
            run.isAlive = false;
            return void act();
        }
      };
      this.turns.push({ what, since: run.since, decide });
    });
  }

  private linksOf(run: Run): UserLinks {
    const { links } = this.table;
    const fails = () => new Error('the table is away');
    // A write whose answer is lost is repeated by the SDK, which the repository knows to read as its own.
    return {
      get: (...of) => this.call(run, { what: 'get', act: () => links.get(...of), fails }),
      claim: (...of) => this.call(run, { what: 'claim', act: () => links.claim(...of), fails }),
      close: (...of) => this.call(run, { what: 'close', act: () => links.close(...of), fails }),
    };
  }

  private connectorOf(run: Run): Connector {
    const { verbs, createListed } = this.remote;
    const fails = (fate: string) => {
      if (fate === 'rejected') return new RejectedError('remote-rejected');
      return new RetryableError(fate === 'throttled' ? 'remote-throttled' : 'remote-timeout');
    };
    const asked = <T>(what: Verb, act: () => Promise<T>) => this.call(run, { what, act, fails });
    const done = <T>(deed: Deed, accountId: string, perform: () => Promise<T>) => {
      const act = (isLate: boolean) => {
        this.see(run, { deed, accountId, isLate });
        return perform();
      };
      return this.call(run, { what: deed, act: () => act(false), actLate: () => act(true), fails });
    };
    return {
      show: verbs.show,
      find: (...of) => asked('find', () => verbs.find(...of)),
      read: (...of) => asked('read', () => verbs.read(...of)),
      create: (request) => {
        const act = (isLate: boolean, lagMs = isLate ? 0 : LATE_MS) => {
          this.see(run, { deed: 'create', isLate });
          return createListed(request, this.now + lagMs);
        };
        const actUnnamed = async () => {
          const created = await act(false, VERY_LATE_MS);
          return created.kind === 'created' ? ({ kind: 'created-unnamed' } as const) : created;
        };
        const acts = { act: () => act(false), actLate: () => act(true), actUnnamed };
        return this.call(run, { what: 'create', ...acts, fails });
      },
      change: (account, request) => done('change', account.accountId, () => verbs.change(account, request)),
      setActive: (account, active) =>
        done(active ? 'switch-on' : 'switch-off', account.accountId, () => verbs.setActive(account, active)),
      remove: (account) => done('remove', account.accountId, () => verbs.remove(account)),
    };
  }

  private see({ accepted: { event }, token }: Run, call: Pick<Call, 'deed' | 'accountId' | 'isLate'>): void {
    this.watch.see({ ...call, event, token, externalId: `acme/dev/${event.data.user.user_id}` });
  }

  private admit(userId: string, now: number): boolean {
    const window = Math.floor(now / THRESHOLD.windowMs);
    const count = this.gone.get(window) ?? 0;
    if (count >= THRESHOLD.accounts) return false;
    this.gone.set(window, count + 1);
    this.watch.isAdmitted(userId);
    return true;
  }

  /** Decides the fate of the next call of one of the workers under way. */
  async step(index: number, fate: Fate): Promise<void> {
    const [turn] = this.turns.splice(index % Math.max(1, this.turns.length), 1);
    if (turn === undefined) return;
    turn.decide(fate);
    await this.breathe();
  }

  /** Hands a message over and lets it get as far as one call, which is what most faults need to matter. */
  async fail(index: number, verb: Verb, fate: Fate): Promise<void> {
    const before = this.turns.length;
    await this.deliver(index);
    while (this.turns.length > before) {
      const isReached = this.turns.at(-1)?.what === verb;
      await this.step(this.turns.length - 1, isReached ? fate : 'answered');
      if (isReached) return;
    }
  }

  /** Nothing fails for a while: faults that meet a long history need one to meet. */
  async calm(): Promise<void> {
    for (let round = 0; round < 100; round += 1) {
      while (this.turns.length > 0) await this.step(0, 'answered');
      if (!this.queue.some(({ visibleAt }) => visibleAt <= this.now)) return;
      await this.deliver(0);
    }
  }

  private breathe = () => new Promise<void>((resolve) => setImmediate(resolve));

  // --- an operator ---------------------------------------------------------------------------------------------

  /** What docs/runbook.md has an operator write of a link that is held, and sends. */
  release(user: number): void {
    const row = this.linkOf(userIdOf(user));
    if (row?.state !== 'held') return;
    if (row.code === 'conflict') {
      const profile = this.auth0.profiles.get(userIdOf(user));
      // A user who is blocked needs no account, and nothing would bring the link on.
      if (profile?.blocked) return;
      this.write({ ...row, state: 'pending', revision: row.revision + 1 });
      if (profile?.alive) this.auth0.register(user);
      return;
    }
    this.watch.isReleased(userIdOf(user));
    const due = { next: 'disable', dueAt: 1, due: '0', remindAt: 1 } as const;
    this.write({ ...row, ...due, revision: row.revision + 1 });
  }

  /** Settles what only a person can settle. */
  private operate(): void {
    while (this.parked.length > 0) this.redrive(0);
    for (const profile of [...this.auth0.profiles.values()]) {
      const row = this.linkOf(profile.userId);
      if (row?.due === undefined && !this.isRightlyHeld(row, profile)) this.release(profile.user);
    }
  }

  /** True for a link that stays held, whatever an operator does. */
  private isRightlyHeld(row: UserLink | undefined, profile: Profile): boolean {
    if (row?.state !== 'held') return false;
    if (row.code === 'conflict') return profile.blocked || profile.email === FOREIGN_ADDRESS;
    return row.code === 'merge-pending' && profile.mergedInto !== undefined;
  }

  // --- time ----------------------------------------------------------------------------------------------------

  tick(ms: number): void {
    this.now += ms;
    const alive = this.turns.filter(({ since }) => this.now - since < FUNCTION_TIMEOUT_MS);
    this.turns.splice(0, this.turns.length, ...alive);
    for (const effect of this.late.splice(0)) {
      if (effect.at <= this.now) effect.act();
      else this.late.push(effect);
    }
  }

  /** Faults end, whoever was under way has died, and the clock goes on until nothing is left to do. */
  async recover(): Promise<void> {
    this.isHealthy = true;
    this.turns.splice(0);
    for (let round = 0; round < 400; round += 1) {
      this.tick(this.queue.length > 0 ? 10 * MINUTE : DAY);
      this.sweep();
      this.operate();
      // Now the oldest first and now the newest: one that always comes first can hide what another one would do.
      const batch = round % 2 === 0 ? [...this.queue] : this.queue.toReversed();
      for (const message of batch) {
        if (message.visibleAt <= this.now) await this.handOver(message, 0);
      }
      const isWaiting = [...this.table.rows.values()].some(({ due }) => due !== undefined);
      if (this.queue.length + this.parked.length === 0 && !isWaiting && this.isSettled()) return;
    }
    throw new Error(`never came to rest: ${JSON.stringify([...this.table.rows.values()])}`);
  }

  private isSettled(): boolean {
    return [...this.auth0.profiles.values()].every((profile) => {
      const row = this.linkOf(profile.userId);
      return row?.state !== 'held' || this.isRightlyHeld(row, profile);
    });
  }

  private write(row: UserLink): void {
    this.table.rows.set(`${row.userRef}/${row.system}`, row);
  }

  linkOf(userId: string): UserLink | undefined {
    return this.table.rows.get(`ref:${userId}/crm`);
  }
}
