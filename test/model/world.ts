import { buildEvent } from '../../events/build-event';
import type { EventType } from '../../events/event-types';
import type { AcceptedEvent } from '../../lambdas/connectors/accepted-event';
import { RetryableError } from '../../lambdas/connectors/connector';
import { createProvision } from '../../lambdas/connectors/provision';
import type { UserLink } from '../../lambdas/user-links/user-link';
import type { UserLinks } from '../../lambdas/user-links/user-link-repository';
import { anAcceptedEvent, anEvent, NOW } from '../helpers/events';
import { createLinksInMemory } from '../helpers/links';
import { createRemoteSystem } from '../helpers/remote-system';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;
const LEASE_MS = 90 * SECOND;
const SETTLE_MS = 15 * SECOND;
/** Lambda ends a function that takes longer, and so well before its lease is over. */
const FUNCTION_TIMEOUT_MS = 30 * SECOND;

/** A user in Auth0, as it is now. */
export interface Profile {
  readonly userId: string;
  readonly generation: string;
  readonly updatedAt: string;
  readonly email: string;
  readonly blocked: boolean;
  readonly alive: boolean;
}

interface Message {
  readonly accepted: AcceptedEvent;
  /** Epoch ms before which the queue does not deliver it. */
  visibleAt: number;
  deliveries: number;
}

/** What happens to the next call that a worker makes. */
export type Fate = 'answered' | 'refused' | 'answer-lost' | 'late' | 'crash';

/** A worker that waits for the fate of its next call. */
interface Turn {
  readonly what: string;
  /** Epoch ms at which its function was started. */
  readonly since: number;
  readonly decide: (fate: Fate) => void;
}

/** Auth0, a queue, a table and a system in memory, with workers whose every call may meet any fate. */
export class World {
  now = NOW;
  readonly table = createLinksInMemory();
  readonly remote = createRemoteSystem();
  readonly profiles = new Map<string, Profile>();
  readonly queue: Message[] = [];
  readonly turns: Turn[] = [];
  readonly outcomes: string[] = [];
  readonly faults: string[] = [];
  /** Effects of calls whose answers were lost, and when they show. */
  private readonly late: { at: number; act: () => void }[] = [];
  private healthy = false;
  private ids = 0;
  readonly foreign = this.remote.add('somebody-else', { email: 'user-0@example.com' });

  // --- Auth0 ---------------------------------------------------------------------------------------------------

  register(user: number): void {
    if (this.profile(user)?.alive) {
      this.emit(user, 'user.logged-in');
      return;
    }
    this.tick(SECOND);
    const at = new Date(this.now).toISOString();
    const userId = `auth0|${user}`;
    const fresh = {
      userId,
      generation: at,
      updatedAt: at,
      email: this.newEmail(user),
      blocked: false,
      alive: true,
    };
    this.profiles.set(userId, fresh);
    this.emit(user, 'user.registered');
  }

  update(user: number): void {
    this.touch(user, { email: this.newEmail(user) }, 'user.updated');
  }

  revert(user: number): void {
    this.touch(user, { email: `user-${user}@example.com` }, 'user.updated');
  }

  block(user: number, blocked: boolean): void {
    if (this.profile(user)?.blocked === blocked) return;
    this.touch(user, { blocked }, blocked ? 'user.blocked' : 'user.unblocked');
  }

  erase(user: number): void {
    this.touch(user, { alive: false }, 'user.deleted');
  }

  login(user: number): void {
    if (this.profile(user)?.alive && !this.profile(user)?.blocked) this.touch(user, {}, 'user.logged-in');
  }

  private touch(user: number, fields: Partial<Profile>, type: EventType): void {
    const profile = this.profile(user);
    if (!profile?.alive) return;
    this.tick(SECOND);
    this.profiles.set(profile.userId, { ...profile, ...fields, updatedAt: new Date(this.now).toISOString() });
    this.emit(user, type);
  }

  private profile = (user: number) => this.profiles.get(`auth0|${user}`);
  private newEmail = (user: number) => `user-${user}-${++this.ids}@example.com`;

  private emit(user: number, type: EventType): void {
    const profile = this.profile(user);
    if (profile === undefined) return;
    const { userId: user_id, generation: created_at, updatedAt: updated_at, email, blocked } = profile;
    const shown = type === 'user.updated' ? { blocked } : {};
    const user_ = { user_id, created_at, updated_at, email, ...shown };
    const event = anEvent({ id: `e${++this.ids}`, type, user: user_ });
    this.send(anAcceptedEvent({ event, acceptedAt: this.now }));
  }

  private send(accepted: AcceptedEvent): void {
    this.queue.push({ accepted, visibleAt: this.now, deliveries: 0 });
  }

  // --- the queue -----------------------------------------------------------------------------------------------

  duplicate(index: number): void {
    const message = this.queue[index % Math.max(1, this.queue.length)];
    if (message !== undefined) this.send(message.accepted);
  }

  /** Hands one visible message to a worker, whichever: order is not kept. */
  async deliver(index: number): Promise<void> {
    const visible = this.queue.filter(({ visibleAt }) => visibleAt <= this.now);
    const message = visible[index % Math.max(1, visible.length)];
    if (message === undefined) return;
    message.deliveries += 1;
    message.visibleAt = this.now + 120 * SECOND;
    const { deliveries } = message;
    void this.worker()({ ...message.accepted, deliveries }).then(({ outcome }) => {
      this.outcomes.push(outcome.kind === 'provisioned' ? outcome.kind : `${outcome.kind}:${outcome.code}`);
      // Another worker may hold the same message by now; SQS lets whoever ends with it delete it.
      if (outcome.kind === 'retry') message.visibleAt = this.now + outcome.afterMs;
      else this.remove(message);
    });
    await this.settle();
  }

  private remove(message: Message): void {
    const index = this.queue.indexOf(message);
    if (index >= 0) this.queue.splice(index, 1);
  }

  /** The sweeper's reminders of what is due. */
  sweep(): void {
    for (const row of this.table.rows.values()) {
      if (row.due === undefined || (row.remindAt ?? Infinity) > this.now || row.user_id === undefined)
        continue;
      this.table.rows.set(`${row.userRef}/${row.system}`, { ...row, remindAt: this.now + 13 * 60 * MINUTE });
      const user = { user_id: row.user_id };
      const parts = { source: 'urn:punctual', type: 'link.due', at: this.now, system: row.system } as const;
      const event = buildEvent({ ...parts, id: `due${++this.ids}`, user });
      this.send(anAcceptedEvent({ event, acceptedAt: this.now }));
    }
  }

  // --- workers -------------------------------------------------------------------------------------------------

  private worker() {
    let life = true;
    const since = this.now;
    const call = <T>(what: string, act: () => Promise<T>, fails: () => Error): Promise<T> => {
      if (!life) return new Promise(() => {});
      if (this.healthy) return act();
      return new Promise<T>((resolve, reject) => {
        const decide = (fate: Fate) => {
          this.faults.push(`${what}:${fate}`);
          switch (fate) {
            case 'answered':
              return void act().then(resolve, reject);
            case 'refused':
              return reject(fails());
            case 'answer-lost':
              return void act().then(() => reject(fails()), reject);
            case 'late':
              this.late.push({ at: this.now + SETTLE_MS - 1, act: () => void act() });
              return reject(fails());
            case 'crash':
              life = false;
              return void act();
          }
        };
        this.turns.push({ what, since, decide });
      });
    };
    return createProvision({
      system: 'crm',
      links: this.linksOf(call),
      connector: this.connectorOf(call),
      identify: async (userId) => ({ userRef: `ref:${userId}`, externalId: `acme/dev/${userId}` }),
      admitDeletion: async () => true,
      now: () => this.now,
      random: () => 0.5,
      newToken: () => `token-${++this.ids}`,
      leaseMs: LEASE_MS,
      settleMs: SETTLE_MS,
      retry: { baseMs: SECOND, capMs: 900 * SECOND, horizonMs: 365 * DAY, minAttempts: 5 },
      leave: { ending: 'delete', afterMs: 15 * MINUTE, graceMs: 30 * DAY },
    });
  }

  private linksOf(call: Call): UserLinks {
    const { links } = this.table;
    const away = () => new Error('the table is away');
    // A write whose answer is lost is repeated by the SDK, which the repository knows to read as its own.
    return {
      get: (...of) => call('get', () => links.get(...of), away),
      claim: (...of) => call('claim', () => links.claim(...of), away),
      close: (...of) => call('close', () => links.close(...of), away),
    };
  }

  private connectorOf(call: Call) {
    const { connector } = this.remote;
    const away = () => new RetryableError('remote-timeout');
    return {
      show: connector.show,
      find: (...of: Parameters<typeof connector.find>) => call('find', () => connector.find(...of), away),
      read: (...of: Parameters<typeof connector.read>) => call('read', () => connector.read(...of), away),
      create: (...of: Parameters<typeof connector.create>) =>
        call('create', () => connector.create(...of), away),
      change: (...of: Parameters<typeof connector.change>) =>
        call('change', () => connector.change(...of), away),
      setActive: (...of: Parameters<typeof connector.setActive>) =>
        call('setActive', () => connector.setActive(...of), away),
      remove: (...of: Parameters<typeof connector.remove>) =>
        call('remove', () => connector.remove(...of), away),
    };
  }

  /** Decides the fate of the next call of one of the workers under way. */
  async step(index: number, fate: Fate): Promise<void> {
    const [turn] = this.turns.splice(index % Math.max(1, this.turns.length), 1);
    if (turn === undefined) return;
    // A table answers or does not; it does nothing late.
    const isTable = turn.what === 'get' || turn.what === 'claim' || turn.what === 'close';
    turn.decide(isTable && fate === 'late' ? 'refused' : fate);
    await this.settle();
  }

  /** Nothing fails for a while: faults that meet a long history need one to meet. */
  async calm(): Promise<void> {
    for (let round = 0; round < 100; round += 1) {
      while (this.turns.length > 0) await this.step(0, 'answered');
      if (!this.queue.some(({ visibleAt }) => visibleAt <= this.now)) return;
      await this.deliver(0);
    }
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

  private settle = () => new Promise<void>((resolve) => setImmediate(resolve));

  /** Faults end, whoever was under way has died, and the clock goes on until nothing is left to do. */
  async recover(): Promise<void> {
    this.healthy = true;
    this.turns.splice(0);
    for (let round = 0; round < 400; round += 1) {
      this.tick(this.queue.length > 0 ? 10 * MINUTE : DAY);
      this.sweep();
      for (const message of [...this.queue]) {
        if (message.visibleAt <= this.now) await this.deliver(this.visibleIndexOf(message));
      }
      const isWaiting = [...this.table.rows.values()].some(({ due }) => due !== undefined);
      if (this.queue.length === 0 && !isWaiting) return;
    }
    throw new Error(`never came to rest: ${JSON.stringify([...this.table.rows.values()])}`);
  }

  private visibleIndexOf(message: Message): number {
    return this.queue.filter(({ visibleAt }) => visibleAt <= this.now).indexOf(message);
  }

  linkOf(userId: string): UserLink | undefined {
    return this.table.rows.get(`ref:${userId}/crm`);
  }
}

type Call = <T>(what: string, act: () => Promise<T>, fails: () => Error) => Promise<T>;
