import { buildEvent } from '../../events/build-event';
import type { JitRule } from '../../events/jit-rule';
import type { Outcome } from '../../events/outcome';
import { askingOf, type ProvisionAt } from '../../lambdas/connectors/asking';
import type { UserLink } from '../../lambdas/user-links/user-link';
import { createReservationsInMemory } from '../helpers/adoption';
import { anAcceptedEvent, NOW } from '../helpers/events';
import { createLinksInMemory } from '../helpers/links';
import { Auth0, FOREIGN_ADDRESS, PARTNERS, UNCLAIMED_ADDRESS, userIdOf } from './auth0';
import { type Fate, Fates, type Run, type Verb } from './fates';
import { createIndexedSystem } from './indexed-system';
import { DAY, HOUR, LEAVE, MINUTE, SECOND, SKEW_MS } from './numbers';
import { Operator } from './operator';
import { type Message, Queue } from './queue';
import { Watch } from './watch';
import { Workers } from './workers';

/** Auth0, a queue, a table and a system in memory, with workers whose every call may meet any fate. */
export class World {
  now = NOW;
  readonly queue = new Queue(() => this.now);
  readonly table = createLinksInMemory();
  readonly remote = createIndexedSystem(() => this.now);
  readonly auth0 = new Auth0({
    nextSecond: () => {
      this.tick(SECOND);
      return new Date(this.now).toISOString();
    },
    newId: () => ++this.ids,
    tell: (event) => this.queue.send(anAcceptedEvent({ event, acceptedAt: this.now })),
  });
  constructor(
    private readonly onLeaveScope: 'disable' | 'delete',
    readonly provisionAt: ProvisionAt = 'registration',
    private readonly hasInstances = false,
    private readonly hasJit = false,
  ) {}

  readonly watch = new Watch({
    now: () => this.now,
    rowOf: (userId) => this.linkOf(userId),
    stored: this.remote.stored,
    unclaimed: () => this.unclaimed.accountId,
    deletions: this.auth0.deletions,
    departures: this.auth0.departures,
    isDue: (life) => this.isDue(life),
    ways: this.auth0.ways,
    afterMs: LEAVE.afterMs,
    graceMs: LEAVE.graceMs,
    skewMs: SKEW_MS,
  });
  /** Has an address that users may choose as well. */
  readonly foreign = this.remote.add('somebody-else', { email: FOREIGN_ADDRESS });
  /** Nobody's, with an address that users may have. */
  readonly unclaimed = this.remote.add('', { email: UNCLAIMED_ADDRESS });
  private readonly reservations = createReservationsInMemory().reservations;
  private readonly fates = new Fates(this);
  private readonly workers = new Workers({
    time: this,
    fates: this.fates,
    links: this.table.links,
    remote: this.remote,
    reservations: this.reservations,
    watch: this.watch,
    newId: () => ++this.ids,
    onLeaveScope: () => this.onLeaveScope,
    provisionAt: () => this.provisionAt,
    jit: () => this.jit,
    hasInstances: () => this.hasInstances,
  });
  readonly operator = new Operator({
    now: () => this.now,
    auth0: this.auth0,
    queue: this.queue,
    watch: this.watch,
    linkOf: (userId) => this.linkOf(userId),
    write: (link) => this.write(link),
    stored: this.remote.stored,
  });
  /** What the system wrote itself, by account. */
  private readonly owned = new Map<string, string>();
  private isHealthy = false;
  private bringsPartners = false;
  private ids = 0;

  /** Hands one visible message to a worker, whichever: order is not kept. */
  async deliver(index: number, skew = 0): Promise<void> {
    const { visible } = this.queue;
    const message = visible[index % Math.max(1, visible.length)];
    if (message !== undefined) await this.handOver(message, skew);
  }

  private async handOver(message: Message, skew: number): Promise<void> {
    const accepted = this.queue.receive(message);
    const run: Run = { accepted, skew, since: this.now, isAlive: true, isSpared: this.isHealthy };
    this.workers.work(run).then(
      (outcome) => this.settled(message, outcome),
      (error) => this.watch.report(`a worker rejects: ${error}`),
    );
    await this.breathe();
  }

  private settled(message: Message, outcome: Outcome): void {
    this.queue.settle(message, outcome);
    if (outcome.kind !== 'retry' && outcome.kind !== 'rejected') {
      this.watch.isDone(message.accepted.event, this.auth0.profiles.values());
    }
  }

  /** True once this life of a user is to have an account, or an operator gave them one. */
  isDue(life: string): boolean {
    const types = this.auth0.told.get(life) ?? [];
    if ([...types].some((type) => askingOf(type, this.provisionAt) !== 'silent')) return true;
    const [userId = ''] = life.split('/');
    return this.linkOf(userId)?.chosen !== undefined;
  }

  /** Both ways to write a rule down. */
  get jit(): JitRule | null {
    if (!this.hasJit) return null;
    return this.bringsPartners
      ? { default: false, except: ['db', PARTNERS] }
      : { default: true, except: [PARTNERS] };
  }

  /** A deployment. */
  switchPartners(): void {
    this.bringsPartners = !this.bringsPartners;
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
    this.queue.send(anAcceptedEvent({ event, acceptedAt: this.now, route: 'internal' }));
  }

  /** Somebody in the system writes what the system has the say over. */
  edit(user: number): void {
    const index = this.remote.stored.findIndex(
      ({ externalId }) => externalId === `acme/dev/${userIdOf(user)}`,
    );
    const account = this.remote.stored[index];
    if (account === undefined) return;
    const nick = `theirs-${++this.ids}`;
    this.remote.stored[index] = { ...account, shown: { ...account.shown, nick } };
    this.owned.set(account.accountId, nick);
  }

  /** Accounts that do not show what the system wrote. */
  overwritten = () =>
    this.remote.stored.filter(({ accountId, shown }) => {
      const nick = this.owned.get(accountId);
      return nick !== undefined && (shown as { nick?: unknown }).nick !== nick;
    });

  /** Decides the fate of the next call of one of the workers under way. */
  async step(index: number, fate: Fate): Promise<void> {
    if (this.fates.waiting === 0) return;
    this.fates.decide(index, fate);
    await this.breathe();
  }

  /** Hands a message over and lets it get as far as one call, which is what most faults need to matter. */
  async fail(index: number, verb: Verb, fate: Fate): Promise<void> {
    const before = this.fates.waiting;
    await this.deliver(index);
    while (this.fates.waiting > before) {
      const isReached = this.fates.last === verb;
      await this.step(this.fates.waiting - 1, isReached ? fate : 'answered');
      if (isReached) return;
    }
  }

  /** Nothing fails for a while: faults that meet a long history need one to meet. */
  async calm(): Promise<void> {
    for (let round = 0; round < 100; round += 1) {
      while (this.fates.waiting > 0) await this.step(0, 'answered');
      if (this.queue.visible.length === 0) return;
      await this.deliver(0);
    }
  }

  private breathe = () => new Promise<void>((resolve) => setImmediate(resolve));

  tick(ms: number): void {
    this.now += ms;
    this.fates.passTime();
  }

  /** Faults end, whoever was under way has died, and the clock goes on until nothing is left to do. */
  async recover(): Promise<void> {
    this.isHealthy = true;
    this.fates.killAll();
    for (let round = 0; round < 400; round += 1) {
      this.tick(this.queue.waiting.length > 0 ? 10 * MINUTE : DAY);
      this.sweep();
      this.operator.settle();
      await this.workOff(round);
      if (this.isAtRest()) return;
    }
    throw new Error(`never came to rest: ${JSON.stringify([...this.table.rows.values()])}`);
  }

  // Now the oldest first and now the newest: one that always comes first can hide what another one would do.
  private async workOff(round: number): Promise<void> {
    const batch = round % 2 === 0 ? [...this.queue.waiting] : this.queue.waiting.toReversed();
    for (const message of batch) {
      if (message.visibleAt <= this.now) await this.handOver(message, 0);
    }
  }

  private isAtRest(): boolean {
    const isWaiting = [...this.table.rows.values()].some(({ due }) => due !== undefined);
    const left = this.queue.waiting.length + this.queue.parked.length;
    return left === 0 && !isWaiting && this.operator.isDone;
  }

  private write(row: UserLink): void {
    this.table.rows.set(`${row.userRef}/${row.system}`, row);
  }

  linkOf(userId: string): UserLink | undefined {
    return this.table.rows.get(`ref:${userId}/crm`);
  }
}
