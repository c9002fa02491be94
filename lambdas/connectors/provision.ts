import type { RetryCode } from '../../events/codes';
import type { Creation } from '../../events/link-state';
import { type Outcome, provisioned, rejected, retry, skipped } from '../../events/outcome';
import { isUnasked } from '../user-links/asking-decision';
import { decide } from '../user-links/decide';
import type { Decision, Work } from '../user-links/decision';
import { claimedToErase } from '../user-links/erasure';
import type { Intent } from '../user-links/intent';
import { closedInScope } from '../user-links/scoping';
import type { SignOff } from '../user-links/sign-off';
import { type Closing, claimed, closed, type Wish } from '../user-links/transitions';
import { type Candidate, type Claim, isOutside, type UserLink } from '../user-links/user-link';
import type { UserLinks } from '../user-links/user-link-repository';
import type { AcceptedEvent } from './accepted-event';
import { accountsBefore } from './accounts-before';
import { type AdoptionDeps, termsOf } from './adoption';
import { askingOf, type ProvisionAt } from './asking';
import {
  type AccountRequest,
  type Connector,
  OutcomeUnknownError,
  RejectedError,
  RetryableError,
} from './connector';
import { type Converged, converge } from './converge';
import { endingOf, type LeavePolicy } from './ending-of';
import { eraseLink } from './erase-link';
import type { Gate } from './gate';
import { handOver } from './hand-over';
import type { Handover } from './handover';
import { holdBack } from './hold-back';
import { intentOf, wantOf } from './intent-of';
import { type Mapping, refusalOf } from './mapping';
import { noteMerges } from './note-merges';
import { backoffMs, isExhausted, type RetryPolicy } from './retry-policy';
import { type Sample, sampleOf, UNCLEAR } from './sample-of';
import type { Scope } from './scope';
import { signOffIn, takeSignOff } from './take-sign-off';

export interface ProvisionDeps extends AdoptionDeps {
  readonly system: string;
  readonly links: UserLinks;
  /** The way into the system: it is looked into, or told. */
  readonly connector: Connector | Handover;
  readonly mapping: Mapping;
  readonly scope: Scope;
  readonly provisionAt: ProvisionAt;
  /** Names of the systems that are to have an account of a user first. */
  readonly after: readonly string[];
  readonly identify: (userId: string) => Promise<Identity>;
  /** Name of an account that says nothing of whose it is. */
  readonly accountRefOf: (accountId: string) => Promise<string>;
  /** Asked before a claim: an attempt that may not call the system is none. */
  readonly gate: Gate;
  /** Counts an account that is about to go. False when too many went already. */
  readonly admitDeletion: () => Promise<boolean>;
  /** Epoch ms. */
  readonly now: () => number;
  /** In [0, 1). */
  readonly random: () => number;
  readonly newToken: () => string;
  readonly leaseMs: number;
  readonly settleMs: number;
  readonly retry: RetryPolicy;
  readonly leave: LeavePolicy;
  /** Milliseconds that a system which makes its accounts itself has to say so. @default it never does */
  readonly signOffMs?: number;
}

export interface Identity {
  readonly userRef: string;
  readonly externalId: string;
}

/** An event's way into a system: what it came to, and under which name logs may speak of the user. */
export interface Provisioning {
  readonly outcome: Outcome;
  readonly userRef?: string;
}

/** Provisions one user in one system. Resolves with exactly one outcome and never rejects. */
export function createProvision(deps: ProvisionDeps): (accepted: AcceptedEvent) => Promise<Provisioning> {
  return async (accepted) => {
    const { data } = accepted.event;
    if (data.system !== undefined && data.system !== deps.system) return { outcome: skipped('other-system') };
    const want = wantOf(accepted.event);
    const signOff = 'deliver' in deps.connector ? signOffIn(accepted.event) : undefined;
    const task = signOff ?? want;
    if (task === undefined) return { outcome: rejected('unsupported-type') };
    const identity = await deps.identify(data.user.user_id).catch(() => undefined);
    if (identity === undefined)
      return { outcome: retryLater(deps, 'secret-unavailable', accepted.deliveries) };
    const order = { accepted, identity };
    const work =
      typeof task === 'string' ? provision(deps, { ...order, want: task }) : noteSignOff(deps, order, task);
    const outcome = await work.catch(() =>
      // What throws here is the table: connectors' errors are caught where they are called.
      retryLater(deps, 'store-unavailable', accepted.deliveries),
    );
    return { outcome, userRef: identity.userRef };
  };
}

interface Order {
  readonly accepted: AcceptedEvent;
  readonly identity: Identity;
  readonly want: Intent['want'];
}

function noteSignOff(
  deps: ProvisionDeps,
  { accepted, identity }: Omit<Order, 'want'>,
  signOff: SignOff,
): Promise<Outcome> {
  const waitMs = backoffMs(deps.retry, accepted.deliveries, deps.random());
  const signOffDeps = { ...deps, policy: policyOf(deps), waitMs };
  return takeSignOff(signOffDeps, claimOf(deps, accepted, identity), signOff);
}

async function provision(deps: ProvisionDeps, { accepted, identity, want }: Order): Promise<Outcome> {
  const { event, deliveries } = accepted;
  const { user } = event.data;
  const attributes = deps.mapping.attributesOf(user);
  const request = { externalId: identity.externalId, userId: user.user_id, attributes };
  const intent = intentIn(deps, accepted, want, attributes);
  const tellsLinks = event.type === 'user.updated';
  const claim = claimOf(deps, accepted, identity, want);
  if (tellsLinks && !(await noteMerges(mergeDeps(deps), claim, user))) {
    return retryLater(deps, 'in-progress', deliveries);
  }
  const link = await deps.links.get(claim.userRef, deps.system);
  const decision = decide(link, claim, intent, policyOf(deps));
  switch (decision.do) {
    case 'end':
      return withinHorizon(deps, decision.outcome, accepted.queuedAt);
    case 'give-up':
      return giveUp(deps, claimed(link, claim), link);
    case 'write': {
      const written = await deps.links.claim(decision.link, link);
      return written ? decision.outcome : retryLater(deps, 'in-progress', deliveries);
    }
    case 'work': {
      const job = { work: decision.work, intent: notOlder(intent, link), request, accepted };
      return enter(deps, { link, claim, job, decision });
    }
  }
}

/** What the event wants, by the configuration of the system. */
export function intentIn(
  deps: Pick<ProvisionDeps, 'mapping' | 'adoption' | 'scope' | 'provisionAt'>,
  accepted: AcceptedEvent,
  want: Intent['want'],
  attributes: AccountRequest['attributes'],
): Intent {
  return {
    ...intentOf(accepted, want, intentTermsOf(deps), attributes),
    ...deps.scope(accepted),
    asking: askingOf(accepted.event.type, deps.provisionAt),
  };
}

const intentTermsOf = ({ mapping, adoption }: Pick<ProvisionDeps, 'mapping' | 'adoption'>) => ({
  revision: mapping.revision,
  trusted: adoption.trustVerifiedEmailFrom,
});

const policyOf = ({ settleMs, leave }: ProvisionDeps) => ({
  ...{ settleMs, leaveAfterMs: leave.afterMs, onLeave: leave.onLeaveScope },
});

// An event may be news of the scope, or of a block, or ask for an account, and old as to the attributes. What it
// vouches for may no longer be the user's.
function notOlder(intent: Intent, { version = 0, toldAt = 0 }: Partial<UserLink> = {}): Intent {
  const isOlder = intent.version < Math.max(version, toldAt);
  return isOlder ? { ...intent, complete: false, vouched: false } : intent;
}

// Who waits for an erasure that never ends waits where an operator sees it.
function withinHorizon(
  { retry: { horizonMs }, now }: ProvisionDeps,
  outcome: Outcome,
  since: number,
): Outcome {
  const isOver = outcome.kind === 'retry' && outcome.code === 'erasing' && now() - since >= horizonMs;
  return isOver ? rejected('retries-exhausted', 'erasing') : outcome;
}

interface Entry {
  readonly link: UserLink | undefined;
  readonly claim: Claim;
  readonly job: Omit<Job, 'tell'>;
  readonly decision: Decision & { readonly do: 'work' };
}

async function enter(deps: ProvisionDeps, { link, claim, job, decision }: Entry): Promise<Outcome> {
  const { accepted, intent, work } = job;
  const entry = await deps.gate.admit(claim.userRef);
  const from = decision.from ?? link;
  const wish = { ...wishOf(intent, work, from), ...decision.wish };
  const mine = work === 'erased' ? claimedToErase(link, claim) : claimed(from, claim, wish);
  if (!entry.admitted) return holdBack(deps, { accepted, refused: entry, link, mine, now: claim.now });
  try {
    if (!(await deps.links.claim(mine, link))) return retryLater(deps, 'in-progress', accepted.deliveries);
    return await workOn(deps, mine, { ...job, tell: entry.settle });
  } finally {
    // Whatever ended before the system was called leaves the next one to find out.
    await entry.settle(UNCLEAR);
  }
}

function mergeDeps({ system, links, identify }: ProvisionDeps) {
  return { system, links, userRefOf: async (userId: string) => (await identify(userId)).userRef };
}

function claimOf(
  deps: ProvisionDeps,
  { event, unsigned, acceptedAt, requestId }: AcceptedEvent,
  { userRef }: Identity,
  want?: Intent['want'],
): Claim {
  const now = deps.now();
  const { user } = event.data;
  // An unsigned event may not open a new life of a user who was deleted.
  const generation = unsigned ? undefined : (user.created_at ?? generationToErase(want, acceptedAt));
  return {
    userRef,
    system: deps.system,
    user_id: user.user_id,
    ...(generation === undefined ? {} : { generation }),
    ...{ acceptedAt, eventId: event.id, requestId },
    lease: { token: deps.newToken(), until: now + deps.leaseMs },
    now,
  };
}

// Every life that began before it was asked for, and none that begins after it, however late the message is redriven.
function generationToErase(want: Intent['want'] | undefined, acceptedAt: number): string | undefined {
  return want === 'erased' ? new Date(acceptedAt).toISOString() : undefined;
}

// Whether the user is blocked is known from now on, even if the system cannot be told yet.
function wishOf({ want, version }: Intent, work: Work, link: UserLink | undefined): Wish {
  const enable = work === 'enabled' ? { enable: true } : {};
  const isNews = version >= (link?.blockedAt ?? 0);
  if ((want !== 'disabled' && want !== 'enabled') || !isNews) return enable;
  return { ...enable, blocked: want === 'disabled', blockedAt: version };
}

interface Job {
  readonly work: Work;
  readonly intent: Intent;
  readonly request: AccountRequest;
  readonly accepted: AcceptedEvent;
  /** Says how it stands with the system. */
  readonly tell: (sample: Sample) => Promise<void>;
}

async function workOn(deps: ProvisionDeps, mine: UserLink, job: Job): Promise<Outcome> {
  if (job.work === 'erased') return workOnErasure(deps, mine, job);
  // The account of somebody who was blocked on the way out was switched off by that, and is counted when it goes.
  const isGoing = job.work === 'leaving' || job.work === 'absent';
  const counted = isGoing && !mine.counted ? { ...mine, counted: true } : mine;
  const admitted = counted === mine || (await deps.admitDeletion());
  const { closing, outcome } = admitted
    ? await attempt(deps, counted, job)
    : {
        closing: { state: 'held', code: 'deletion-threshold' } as const,
        outcome: skipped('deletion-threshold'),
      };
  const row = closedInScope(admitted ? counted : mine, closing, deps.now());
  const stillMine = await deps.links.close(row, mine.lease?.token ?? '');
  return stillMine ? outcome : retryLater(deps, 'lease-lost', mine.attempts);
}

async function workOnErasure(deps: ProvisionDeps, mine: UserLink, job: Job): Promise<Outcome> {
  let failure: unknown;
  const { row, outcome } = await eraseLink(deps, mine, job.request, (link, error) => {
    failure = error;
    return resultOfError(deps, { link, queuedAt: job.accepted.queuedAt }, error);
  });
  await job.tell(sampleOf(failure));
  const stillMine = await deps.links.close(row, mine.lease?.token ?? '');
  return stillMine ? outcome : retryLater(deps, 'lease-lost', mine.attempts);
}

interface Result {
  readonly closing: Closing;
  readonly outcome: Outcome;
}

async function attempt(deps: ProvisionDeps, link: UserLink, job: Job): Promise<Result> {
  const { work, intent, accepted } = job;
  const { accountId, ownership, creation, userRef, chosen } = link;
  const { user } = accepted.event.data;
  const { connector } = deps;
  try {
    refuseImpossible(job);
    const request = await withAccounts(deps, link, job);
    if ('deliver' in connector) {
      const { leave, signOffMs } = deps;
      const ending = endingOf(leave, link);
      const waits = signOffMs === undefined ? {} : { signOffMs };
      const policy = { ...leave, ...waits, now: deps.now(), ending };
      const closing = await handOver(connector, link, { ...job, request }, policy);
      await job.tell(sampleOf(undefined));
      return { closing, outcome: provisioned };
    }
    const terms = await termsOf(deps, { userRef, chosen, user, vouched: intent.vouched });
    const converged = await converge(connector, request, work, {
      ...(accountId !== undefined && { accountId }),
      ...(ownership !== undefined && { ownership }),
      ...(creation !== undefined && { creation }),
      ...{ unsigned: accepted.unsigned, complete: intent.complete, terms },
      mayCreate: !isUnasked(link, intent),
    });
    await job.tell(sampleOf(undefined));
    return resultOf(deps, link, job, converged);
  } catch (error) {
    await job.tell(sampleOf(error));
    return resultOfError(deps, { link, queuedAt: accepted.queuedAt }, error);
  }
}

const isWanted = (work: Work) => work === 'present' || work === 'enabled';

// Switching off and removing need no attributes.
function refuseImpossible({ work, request }: Job): void {
  const refusal = isWanted(work) ? refusalOf(request.attributes) : undefined;
  if (refusal !== undefined) throw new RejectedError('invalid-value', refusal);
}

// There is no order on the way out: a system that fails must not keep anybody's access to another one.
async function withAccounts(deps: ProvisionDeps, link: UserLink, job: Job): Promise<AccountRequest> {
  const { work, request, accepted } = job;
  if (!isWanted(work) || deps.after.length === 0) return request;
  const accounts = await accountsBefore(deps, link);
  return { ...request, attributes: deps.mapping.attributesOf(accepted.event.data.user, accounts) };
}

function resultOf(deps: ProvisionDeps, link: UserLink, job: Job, converged: Converged): Result {
  if (converged.kind === 'held') {
    const { code, account, candidate } = converged;
    const known = { ...account, ...(candidate === undefined ? {} : foundBy(job.intent, candidate)) };
    return { closing: { state: 'held', code, ...known }, outcome: skipped(code) };
  }
  const closing = closingOf(deps, link, job, converged);
  const isUnmade = closing.state === 'skipped' && closing.code === 'not-asked-yet';
  return { closing, outcome: isUnmade ? skipped('not-asked-yet') : provisioned };
}

// Nothing that is older takes over what waits for a proof.
const foundBy = ({ complete, version }: Intent, candidate: Candidate) =>
  candidate.unproven === true && complete ? { candidate, version } : { candidate };

function closingOf(
  deps: ProvisionDeps,
  link: UserLink,
  { work, intent }: Job,
  converged: Exclude<Converged, { kind: 'held' }>,
): Closing {
  const { complete, version, fingerprint, fingerprintOfNew } = intent;
  const isLeaving = work === 'leaving' || work === 'absent';
  if (converged.kind === 'none') {
    if (isOutside(link)) return { state: 'skipped', code: 'out-of-scope' };
    if (isLeaving) return { state: 'deprovisioned' };
    return { state: 'skipped', code: work === 'disabled' ? 'disabled' : 'not-asked-yet' };
  }
  const { accountId, ownership } = converged;
  const account = { accountId, ownership };
  // What we did not make we do not remove.
  const isOffToGo = work === 'leaving' || (work === 'disabled' && isOutside(link));
  const isToGo = isOffToGo && endingOf(deps.leave, link) === 'delete' && ownership === 'created';
  if (isToGo) return { state: 'deprovisioning', dueAt: deps.now() + deps.leave.graceMs };
  if (isLeaving || work === 'disabled') return { state: 'disabled', ...account };
  const applied = converged.isNew === true ? fingerprintOfNew : fingerprint;
  return { state: 'linked', ...account, ...(complete ? { version, applied } : {}) };
}

interface Attempted {
  readonly link: UserLink;
  readonly queuedAt: number;
}

function resultOfError(deps: ProvisionDeps, { link, queuedAt }: Attempted, error: unknown): Result {
  if (error instanceof RejectedError) {
    const { code, detail } = error;
    return { closing: { state: 'rejected', code }, outcome: rejected(code, detail) };
  }
  // A look-up that fails by a defect of the connector has changed nothing.
  const known = error instanceof RetryableError ? error : new RetryableError('internal-error');
  const { code, retryAfterMs } = known;
  const now = deps.now();
  // The row says it, not the message: another event of the user must not look up too early either.
  const unknown =
    known instanceof OutcomeUnknownError
      ? { ...strongest(known.creation, link.creation), notBefore: now + deps.settleMs }
      : {};
  if (isExhausted(deps.retry, { ...link, queuedAt }, now)) {
    return { closing: { state: 'failed', code, ...unknown }, outcome: rejected('retries-exhausted', code) };
  }
  const backoff = backoffMs(deps.retry, link.attempts, deps.random(), retryAfterMs);
  const afterMs = known instanceof OutcomeUnknownError ? Math.max(backoff, deps.settleMs) : backoff;
  return { closing: { state: 'pending', code, ...unknown }, outcome: retry(code, afterMs) };
}

function strongest(one: Creation | undefined, other: Creation | undefined): { readonly creation?: Creation } {
  const creation = one === 'confirmed' || other === 'confirmed' ? 'confirmed' : (one ?? other);
  return creation === undefined ? {} : { creation };
}

async function giveUp(deps: ProvisionDeps, link: UserLink, previous: UserLink | undefined): Promise<Outcome> {
  const row = closed(link, { state: 'rejected', code: 'crashed' }, deps.now());
  const written = await deps.links.claim(row, previous);
  return written ? rejected('crashed') : retryLater(deps, 'in-progress', 1);
}

function retryLater(deps: ProvisionDeps, code: RetryCode, attempt: number): Outcome {
  return retry(code, backoffMs(deps.retry, attempt, deps.random()));
}
