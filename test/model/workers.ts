import type { BreakerState } from '../../events/breaker-state';
import type { UserEvent } from '../../events/event-schema';
import type { Outcome } from '../../events/outcome';
import type { Reservations } from '../../lambdas/connectors/accounts/reservations';
import type { ProvisionAt } from '../../lambdas/connectors/asking';
import { type Connector, RejectedError, RetryableError } from '../../lambdas/connectors/connector';
import { createGate, type Gate } from '../../lambdas/connectors/gate/gate';
import { createMapping } from '../../lambdas/connectors/intent/mapping';
import { createScope } from '../../lambdas/connectors/intent/scope';
import { createProvision } from '../../lambdas/connectors/provision';
import type { UserLinks } from '../../lambdas/user-links/user-link-repository';
import { NO_ADOPTION } from '../helpers/adoption';
import { createItemInMemory } from '../helpers/gate';
import type { Fates, Run, Time, Verb } from './fates';
import type { createIndexedSystem } from './indexed-system';
import {
  BREAKER,
  HOUR,
  LATE_MS,
  LEASE_MS,
  LEAVE,
  MINUTE,
  SECOND,
  SETTLE_MS,
  THRESHOLD,
  VERY_LATE_MS,
} from './numbers';
import type { Call, Deed, Watch } from './watch';

export interface WorkerDeps {
  readonly time: Time;
  readonly fates: Fates;
  readonly links: UserLinks;
  readonly remote: ReturnType<typeof createIndexedSystem>;
  readonly reservations: Reservations;
  readonly watch: Watch;
  readonly newId: () => number;
  readonly onLeaveScope: () => 'disable' | 'delete';
  readonly provisionAt: () => ProvisionAt;
}

/** Workers of one system, whose every call may meet any fate. */
export class Workers {
  /** Accounts that went, by window. */
  private readonly gone = new Map<number, number>();

  /** Two instances of the function, which see each other's breaker and not each other's samples. */
  private readonly gates: readonly Gate[];

  constructor(private readonly deps: WorkerDeps) {
    const { item } = createItemInMemory<BreakerState>();
    const silent = { log: () => {}, metrics: () => {} };
    const { time, newId } = deps;
    const shared = { ...silent, system: 'crm', item, policy: BREAKER, now: () => time.now };
    this.gates = [1, 2].map(() => createGate({ ...shared, newToken: () => `probe-${newId()}` }));
  }

  async work(run: Run): Promise<Outcome> {
    const { time, fates, newId } = this.deps;
    const now = () => time.now + run.skew;
    const provision = createProvision({
      system: 'crm',
      links: this.linksOf(run),
      connector: this.connectorOf(run),
      mapping: MAPPING,
      adoption: ADOPTION,
      reservations: this.reservationsOf(run),
      scope: SCOPE,
      provisionAt: this.deps.provisionAt(),
      after: [],
      identify: async (userId) => ({ userRef: `ref:${userId}`, externalId: `acme/dev/${userId}` }),
      accountRefOf: async (accountId) => `account:${accountId}`,
      gate: this.gates[newId() % 2] as Gate,
      admitDeletion: () =>
        fates.call(run, {
          what: 'admit',
          act: async () => this.admit(run.accepted.event.data.user.user_id, now()),
          fails: tableIsAway,
        }),
      now,
      random: () => 0.5,
      newToken: () => {
        run.token = `token-${newId()}`;
        return run.token;
      },
      leaseMs: LEASE_MS,
      settleMs: SETTLE_MS,
      retry: {
        baseMs: SECOND,
        capMs: 900 * SECOND,
        horizonMs: 30 * MINUTE,
        minAttempts: 3,
        budgetMs: 60 * HOUR,
      },
      leave: { ...LEAVE, onLeaveScope: this.deps.onLeaveScope() },
    });
    return (await provision(run.accepted)).outcome;
  }

  private linksOf(run: Run): UserLinks {
    const { links, fates } = this.deps;
    const fails = tableIsAway;
    // A write whose answer is lost is repeated by the SDK, which the repository knows to read as its own.
    return {
      get: (...of) => fates.call(run, { what: 'get', act: () => links.get(...of), fails }),
      claim: (...of) => fates.call(run, { what: 'claim', act: () => links.claim(...of), fails }),
      close: (...of) => fates.call(run, { what: 'close', act: () => links.close(...of), fails }),
    };
  }

  private reservationsOf(run: Run): Reservations {
    const { fates, reservations } = this.deps;
    // As the adapter says it.
    const fails = () => new RetryableError('store-unavailable');
    return {
      take: (...of) => fates.call(run, { what: 'take', act: () => reservations.take(...of), fails }),
      holds: (...of) => fates.call(run, { what: 'take', act: () => reservations.holds(...of), fails }),
      giveBack: (...of) => fates.call(run, { what: 'take', act: () => reservations.giveBack(...of), fails }),
    };
  }

  private connectorOf(run: Run): Connector {
    const { fates, remote, time } = this.deps;
    const { verbs, createListed } = remote;
    const fails = systemFails;
    const asked = <T>(what: Verb, act: () => Promise<T>) => fates.call(run, { what, act, fails });
    const done = <T>(deed: Deed, accountId: string, perform: () => Promise<T>) => {
      const act = (isLate: boolean) => {
        this.see(run, { deed, accountId, isLate });
        return perform();
      };
      return fates.call(run, { what: deed, act: () => act(false), actLate: () => act(true), fails });
    };
    return {
      find: (...of) => asked('find', () => verbs.find(...of)),
      match: (...of) => asked('match', () => verbs.match(...of)),
      read: (...of) => asked('read', () => verbs.read(...of)),
      create: (request) => {
        const act = (isLate: boolean, lagMs = isLate ? 0 : LATE_MS) => {
          this.see(run, { deed: 'create', isLate });
          return createListed(request, time.now + lagMs);
        };
        const actUnnamed = async () => {
          const created = await act(false, VERY_LATE_MS);
          return created.kind === 'created' ? ({ kind: 'created-unnamed' } as const) : created;
        };
        const acts = { act: () => act(false), actLate: () => act(true), actUnnamed };
        return fates.call(run, { what: 'create', ...acts, fails });
      },
      change: (account, request) => done('change', account.accountId, () => verbs.change(account, request)),
      setActive: (account, active) =>
        done(active ? 'switch-on' : 'switch-off', account.accountId, () => verbs.setActive(account, active)),
      remove: (account) => done('remove', account.accountId, () => verbs.remove(account)),
    };
  }

  private see({ accepted: { event }, token }: Run, call: Pick<Call, 'deed' | 'accountId' | 'isLate'>): void {
    this.deps.watch.see({ ...call, event, token, externalId: externalIdOf(event) });
  }

  private admit(userId: string, now: number): boolean {
    const window = Math.floor(now / THRESHOLD.windowMs);
    const count = this.gone.get(window) ?? 0;
    if (count >= THRESHOLD.accounts) return false;
    this.gone.set(window, count + 1);
    this.deps.watch.isAdmitted(userId);
    return true;
  }
}

/** Whoever proves that the address is theirs takes over an account that shows it and carries no externalId. */
const ADOPTION = { ...NO_ADOPTION, adopt: true, correlate: [{ attribute: 'email', from: 'email' }] };
const MAPPING = createMapping([
  { to: 'email', from: ['email'] },
  { to: 'title', from: ['title'] },
  { to: 'nick', from: ['nick'], write: 'onCreate' },
]);
const SCOPE = createScope({ where: [{ of: 'plan', oneOf: ['in'] }] });

const externalIdOf = ({ data }: UserEvent) => `acme/dev/${data.user.user_id}`;

const tableIsAway = () => new Error('the table is away');

function systemFails(fate: string): Error {
  if (fate === 'rejected') return new RejectedError('remote-rejected');
  return new RetryableError(fate === 'throttled' ? 'remote-throttled' : 'remote-timeout');
}
