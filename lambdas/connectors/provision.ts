import type { RetryCode } from '../../events/codes';
import type { EventType } from '../../events/event-types';
import type { Creation } from '../../events/link-state';
import { type Outcome, provisioned, rejected, retry, skipped } from '../../events/outcome';
import { type Claim, type Closing, claimed, closed, decide, type UserLink } from '../user-links/user-link';
import type { UserLinks } from '../user-links/user-link-repository';
import type { AcceptedEvent } from './accepted-event';
import { type Connector, OutcomeUnknownError, RejectedError, RetryableError } from './connector';
import { ensureAccount } from './ensure-account';
import { backoffMs, isExhausted, type RetryPolicy } from './retry-policy';

export interface ProvisionDeps {
  readonly system: string;
  readonly links: UserLinks;
  readonly connector: Connector;
  readonly identify: (userId: string) => Promise<{ readonly userRef: string; readonly externalId: string }>;
  /** Epoch ms. */
  readonly now: () => number;
  /** In [0, 1). */
  readonly random: () => number;
  readonly newToken: () => string;
  readonly leaseMs: number;
  readonly settleMs: number;
  readonly retry: RetryPolicy;
}

/** An event's way into a system: what it came to, and under which name logs may speak of the user. */
export interface Provisioning {
  readonly outcome: Outcome;
  readonly userRef?: string;
}

/** Events that say: this user exists and should have an account. */
const JOINER_TYPES: ReadonlySet<EventType> = new Set([
  'user.registered',
  'user.logged-in',
  'user.created',
  'user.provision-requested',
]);

/** Provisions one user in one system. Resolves with exactly one outcome and never rejects. */
export function createProvision(deps: ProvisionDeps): (accepted: AcceptedEvent) => Promise<Provisioning> {
  return async (accepted) => {
    const { type, data } = accepted.event;
    if (data.system !== undefined && data.system !== deps.system) return { outcome: skipped('other-system') };
    if (!JOINER_TYPES.has(type)) return { outcome: rejected('unsupported-type') };
    const identity = await deps.identify(data.user.user_id).catch(() => undefined);
    if (identity === undefined)
      return { outcome: retryLater(deps, 'secret-unavailable', accepted.deliveries) };
    const outcome = await join(deps, accepted, identity).catch(() =>
      // What throws here is the table: connectors' errors are caught where they are called.
      retryLater(deps, 'store-unavailable', accepted.deliveries),
    );
    return { outcome, userRef: identity.userRef };
  };
}

interface Identity {
  readonly userRef: string;
  readonly externalId: string;
}

async function join(deps: ProvisionDeps, accepted: AcceptedEvent, identity: Identity): Promise<Outcome> {
  const claim = claimOf(deps, accepted, identity);
  const link = await deps.links.get(claim.userRef, deps.system);
  const decision = decide(link, claim, deps.settleMs);
  if (decision.do === 'end') return decision.outcome;
  const mine = claimed(link, claim);
  if (decision.do === 'give-up') return giveUp(deps, mine, link);
  if (!(await deps.links.claim(mine, link))) return retryLater(deps, 'in-progress', accepted.deliveries);
  const { closing, outcome } = await attempt(deps, mine, accepted, identity);
  const stillMine = await deps.links.close(closed(mine, closing, deps.now()), claim.lease.token);
  return stillMine ? outcome : retryLater(deps, 'lease-lost', mine.attempts);
}

function claimOf(
  deps: ProvisionDeps,
  { event, unsigned, ...accepted }: AcceptedEvent,
  { userRef }: Identity,
): Claim {
  const now = deps.now();
  const { user } = event.data;
  // An unsigned event may not open a new life of a user who was deleted.
  const generation = unsigned ? undefined : user.created_at;
  return {
    userRef,
    system: deps.system,
    user_id: user.user_id,
    ...(generation === undefined ? {} : { generation }),
    acceptedAt: accepted.acceptedAt,
    eventId: event.id,
    requestId: accepted.requestId,
    lease: { token: deps.newToken(), until: now + deps.leaseMs },
    now,
  };
}

interface Result {
  readonly closing: Closing;
  readonly outcome: Outcome;
}

async function attempt(
  deps: ProvisionDeps,
  link: UserLink,
  { event, unsigned }: AcceptedEvent,
  { externalId }: Identity,
): Promise<Result> {
  try {
    const request = { externalId, user: event.data.user };
    const account = await ensureAccount(deps.connector, request, {
      ...(link.creation && { creation: link.creation }),
      unsigned,
    });
    if (account.state === 'held') return { closing: account, outcome: skipped(account.code) };
    return { closing: account, outcome: provisioned };
  } catch (error) {
    return resultOfError(deps, link, error);
  }
}

function resultOfError(deps: ProvisionDeps, link: UserLink, error: unknown): Result {
  if (error instanceof RejectedError) {
    const { code, detail } = error;
    return { closing: { state: 'rejected', code }, outcome: rejected(code, detail) };
  }
  // Anything but the port's own errors is a defect in the connector; the create may have happened.
  const known = error instanceof RetryableError ? error : new OutcomeUnknownError('internal-error');
  const { code, retryAfterMs } = known;
  const now = deps.now();
  // The row says it, not the message: another event of the user must not look up too early either.
  const unknown =
    known instanceof OutcomeUnknownError
      ? { creation: strongest(known.creation, link.creation), notBefore: now + deps.settleMs }
      : {};
  if (isExhausted(deps.retry, link, now)) {
    return { closing: { state: 'failed', code, ...unknown }, outcome: rejected('retries-exhausted', code) };
  }
  const backoff = backoffMs(deps.retry, link.attempts, deps.random(), retryAfterMs);
  const afterMs = known instanceof OutcomeUnknownError ? Math.max(backoff, deps.settleMs) : backoff;
  return { closing: { state: 'pending', code, ...unknown }, outcome: retry(code, afterMs) };
}

const strongest = (one: Creation, other: Creation | undefined): Creation =>
  one === 'confirmed' || other === 'confirmed' ? 'confirmed' : 'unknown';

async function giveUp(deps: ProvisionDeps, link: UserLink, previous: UserLink | undefined): Promise<Outcome> {
  const row = closed(link, { state: 'rejected', code: 'crashed' }, deps.now());
  const written = await deps.links.claim(row, previous);
  return written ? rejected('crashed') : retryLater(deps, 'in-progress', 1);
}

function retryLater(deps: ProvisionDeps, code: RetryCode, attempt: number): Outcome {
  return retry(code, backoffMs(deps.retry, attempt, deps.random()));
}
