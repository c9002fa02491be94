import type { BreakerState } from '../../events/breaker-state';
import type { UserEvent } from '../../events/event-schema';
import type { JitRule } from '../../events/jit-rule';
import type { Outcome } from '../../events/outcome';
import type { Reservations } from '../../lambdas/connectors/accounts/reservations';
import type { ProvisionAt } from '../../lambdas/connectors/asking';
import type { AcceptedEvent } from '../../lambdas/connectors/authenticity/accepted-event';
import { type Connector, RejectedError, RetryableError } from '../../lambdas/connectors/connector';
import { createGate, type Gate } from '../../lambdas/connectors/gate/gate';
import type { CountryRule } from '../../lambdas/connectors/instances/country-rule';
import { waysOf } from '../../lambdas/connectors/instances/ways-of';
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
  readonly jit: () => JitRule | null;
  /** Whether the system has several, so that every event may say another country. */
  readonly hasInstances: () => boolean;
}

/** Workers of one system, whose every call may meet any fate. */
export class Workers {
  /** Accounts that went, by window. */
  private readonly gone = new Map<number, number>();

  /** Two instances of the function, which see each other's breaker and not each other's samples. */
  private readonly gates: ReadonlyMap<string | undefined, readonly Gate[]>;

  constructor(private readonly deps: WorkerDeps) {
    const silent = { log: () => {}, metrics: () => {} };
    const { time, newId } = deps;
    const gatesOf = () => {
      const { item } = createItemInMemory<BreakerState>();
      const shared = { ...silent, system: 'crm', item, policy: BREAKER, now: () => time.now };
      return [1, 2].map(() => createGate({ ...shared, newToken: () => `probe-${newId()}` }));
    };
    this.gates = new Map([undefined, ...Object.keys(RULE.countries)].map((name) => [name, gatesOf()]));
  }

  async work(run: Run): Promise<Outcome> {
    const { time, fates, newId } = this.deps;
    const now = () => time.now + run.skew;
    // As its function was deployed when it began.
    run.jit = this.deps.jit();
    const gate = newId() % 2;
    const wayTo = (instance?: string) => ({
      connector: this.connectorOf(run, instance),
      reservations: this.reservationsOf(run),
      gate: this.gates.get(instance)?.[gate] as Gate,
    });
    const provision = createProvision({
      system: 'crm',
      links: this.linksOf(run),
      ...waysOf(this.deps.hasInstances() ? RULE : undefined, wayTo),
      mapping: MAPPING,
      adoption: ADOPTION,
      scope: SCOPE,
      provisionAt: this.deps.provisionAt(),
      jit: run.jit,
      after: [],
      identify: async (userId) => ({ userRef: `ref:${userId}`, externalId: `acme/dev/${userId}` }),
      accountRefOf: async (accountId) => `account:${accountId}`,
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
    return (await provision(this.deps.hasInstances() ? abroad(run.accepted) : run.accepted)).outcome;
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

  private connectorOf(run: Run, instance: string | undefined): Connector {
    const { fates, remote, time } = this.deps;
    const { createListed, ...verbs } = remote.verbsIn(instance);
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

  private see(
    { accepted: { event }, token, jit = null }: Run,
    call: Pick<Call, 'deed' | 'accountId' | 'isLate'>,
  ): void {
    this.deps.watch.see({ ...call, event, token, jit, externalId: externalIdOf(event) });
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

const RULE: CountryRule = { countries: { eu: ['de', 'fr'], us: ['us'] }, default: 'us' };

/** The same event, which says a country by its id, or none. */
function abroad({ event, ...accepted }: AcceptedEvent): AcceptedEvent {
  const sum = [...event.id].reduce((total, letter) => total + letter.charCodeAt(0), 0);
  const country = ['de', 'us', 'fr', ''][sum % 4] ?? '';
  return { ...accepted, event: { ...event, data: { ...event.data, country } } as UserEvent };
}

/** Whoever proves that the address is theirs takes over an account that shows it and carries no externalId. */
const ADOPTION = { ...NO_ADOPTION, adopt: true, correlate: [{ attribute: 'email', from: 'email' }] };
const MAPPING = createMapping([
  { to: 'email', from: ['email'] },
  { to: 'title', from: ['title'] },
  { to: 'nick', from: ['nick'], write: 'onCreate' },
  { to: 'funnel', from: ['funnel'], whenCleared: 'leave' },
]);
const SCOPE = createScope({ where: [{ of: 'plan', oneOf: ['in'] }] });

const externalIdOf = ({ data }: UserEvent) => `acme/dev/${data.user.user_id}`;

const tableIsAway = () => new Error('the table is away');

function systemFails(fate: string): Error {
  if (fate === 'rejected') return new RejectedError('remote-rejected');
  return new RetryableError(fate === 'throttled' ? 'remote-throttled' : 'remote-timeout');
}
