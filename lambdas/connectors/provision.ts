import { type Outcome, rejected, skipped } from '../../events/outcome';
import { decide } from '../user-links/decide';
import type { Decision, Work } from '../user-links/decision';
import { claimedToErase, lookedForEverywhere } from '../user-links/erasure';
import type { Intent } from '../user-links/intent';
import type { SignOff } from '../user-links/sign-off';
import { claimed, closed, placedIn, remembering, type Wish } from '../user-links/transitions';
import type { Claim, UserLink } from '../user-links/user-link';
import type { AcceptedEvent } from './authenticity/accepted-event';
import { claimOf } from './claim-of';
import type { AccountRequest } from './connector';
import { holdBack } from './gate/hold-back';
import { signOffIn, takeSignOff } from './hand-over/take-sign-off';
import { admitTo } from './instances/admit-to';
import { type Chosen, instanceAskedFor } from './instances/choose-instance';
import { leftOf, type Place, placeOf } from './instances/place';
import { intentIn, notOlder } from './intent/intent-in';
import { wantOf } from './intent/intent-of';
import { noteMerges } from './leaving/note-merges';
import { retryLater } from './outcome/retry-later';
import { backoffMs } from './outcome/retry-policy';
import type { Identity, ProvisionDeps } from './provision-deps';
import { type Job, workOn, workOnErasure } from './work-on';

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
    const signOff = isTold(deps) ? signOffIn(accepted.event) : undefined;
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

const isTold = (deps: ProvisionDeps) => 'connector' in deps && 'deliver' in deps.connector;

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
  const request = {
    ...{ externalId: identity.externalId, userId: user.user_id, attributes },
    ...acceptedIn(event),
  };
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
      const row = remembering(decision.link, askedFor(deps, event));
      const written = await deps.links.claim(row, link);
      return written ? decision.outcome : retryLater(deps, 'in-progress', deliveries);
    }
    case 'work': {
      const job = { work: decision.work, intent: notOlder(intent, link), request, accepted };
      return enter(deps, { link, claim, job, decision });
    }
  }
}

function acceptedIn({
  time,
  data: { invitation },
}: AcceptedEvent['event']): Pick<AccountRequest, 'accepted'> {
  return invitation === undefined ? {} : { accepted: { ...invitation, at: Date.parse(time) } };
}

const policyOf = ({ settleMs, leave }: ProvisionDeps) => ({
  ...{ settleMs, leaveAfterMs: leave.afterMs, onLeave: leave.onLeaveScope },
});

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
  readonly job: Job;
  readonly decision: Decision & { readonly do: 'work' };
}

async function enter(deps: ProvisionDeps, entry: Entry): Promise<Outcome> {
  const { link, claim, job, decision } = entry;
  const { accepted, work } = job;
  const place = placeOf(deps, { link: decision.from ?? link, work, event: accepted.event });
  if (place.is === 'refused') return refuse(deps, entry, place.refusal);
  const mine = inPlace(rowOf(entry), place);
  const places = place.is === 'all' ? leftOf(place.all, mine) : [place.deps];
  const admission = await admitTo(places, claim.userRef);
  if (!admission.admitted) {
    return holdBack(deps, { accepted, refused: admission, link, mine, now: claim.now });
  }
  try {
    if (!(await deps.links.claim(mine, link))) return retryLater(deps, 'in-progress', accepted.deliveries);
    const [site] = admission.sites;
    if (work === 'erased' || site === undefined) return await workOnErasure(deps, admission, mine, job);
    return await workOn(site.deps, mine, { ...job, tell: site.settle });
  } finally {
    await admission.leave();
  }
}

function rowOf({ link, claim, job: { intent, work }, decision }: Entry): UserLink {
  const from = decision.from ?? link;
  const wish = { ...wishOf(intent, work, from), ...decision.wish };
  return work === 'erased' ? claimedToErase(link, claim) : claimed(from, claim, wish);
}

function inPlace(row: UserLink, place: Exclude<Place, { is: 'refused' }>): UserLink {
  if (place.is === 'one') return placedIn(row, place.deps.instance);
  return lookedForEverywhere(place.instance === undefined ? row : placedIn(row, place.instance));
}

// No attempt: nobody knows where it would be. The link says so, and goes on with the next event that says more.
async function refuse(
  deps: ProvisionDeps,
  entry: Entry,
  { code, detail }: Chosen & { readonly is: 'none' },
): Promise<Outcome> {
  const { link, claim, job } = entry;
  const row = rowOf(entry);
  const refused = closed({ ...row, attempts: row.attempts - 1 }, { state: 'rejected', code }, claim.now);
  const written = await deps.links.claim(refused, link);
  return written ? rejected(code, detail) : retryLater(deps, 'in-progress', job.accepted.deliveries);
}

// What is asked for while there is nothing to do is not asked for again once there is.
const askedFor = (deps: ProvisionDeps, event: AcceptedEvent['event']) =>
  'instances' in deps ? instanceAskedFor(deps.instances.rule, event) : undefined;

function mergeDeps({ system, links, identify }: ProvisionDeps) {
  return { system, links, userRefOf: async (userId: string) => (await identify(userId)).userRef };
}

// Whether the user is blocked is known from now on, even if the system cannot be told yet.
function wishOf({ want, version }: Intent, work: Work, link: UserLink | undefined): Wish {
  const enable = work === 'enabled' ? { enable: true } : {};
  const isNews = version >= (link?.blockedAt ?? 0);
  if ((want !== 'disabled' && want !== 'enabled') || !isNews) return enable;
  return { ...enable, blocked: want === 'disabled', blockedAt: version };
}

async function giveUp(deps: ProvisionDeps, link: UserLink, previous: UserLink | undefined): Promise<Outcome> {
  const row = closed(link, { state: 'rejected', code: 'crashed' }, deps.now());
  const written = await deps.links.claim(row, previous);
  return written ? rejected('crashed') : retryLater(deps, 'in-progress', 1);
}
