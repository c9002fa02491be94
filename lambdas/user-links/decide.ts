import { rejected, retry } from '../../events/outcome';
import { type Decision, type DecisionPolicy, end, work, write } from './decision';
import { isBuried, isErased, isErasing } from './erasure';
import type { Intent } from './intent';
import { comesBack, outOfScope, outsideAtFirst, outsideInNewLife, withScope } from './scope-decision';
import { entering } from './scoping';
import { signOffMissing } from './sign-off-missing';
import { merging, noting, parting, switchedOffBefore, tombstone } from './transitions';
import { ageOf, type Claim, endedOf, isLeased, type Lease, mayHaveAccount, type UserLink } from './user-link';
import { withholding, withholdingAtFirst, withTold } from './withholding-decision';

/** Five, because one crash is an accident, and a message that always kills its worker must not do so for a day. */
export const MAX_CRASHES = 5;
/** How long a duplicate waits at most for the worker that holds the lease. */
const IN_PROGRESS_WAIT_MS = 20_000;
/** How long a new life waits between two looks at whether the one before it is erased: a hundred of them last a day. */
const ERASING_WAIT_MS = 15 * 60_000;
/** What is due is done after the next sweep, which comes every five minutes. */
const LEAST_ERASING_WAIT_MS = 5 * 60_000;

/** What an event means for the link as it stands. */
export function decide(
  link: UserLink | undefined,
  claim: Claim,
  intent: Intent,
  policy: DecisionPolicy,
): Decision {
  if (link === undefined) return withTold(decideFirst(claim, intent), intent, claim);
  const obstacle = obstacleOf(link, claim.now, policy);
  if (obstacle !== undefined) return obstacle;
  if (intent.want === 'due') return decideDue(link, claim.now);
  const age = ageOf(link, claim);
  if (intent.want === 'erased') return decideErased(link, claim, age);
  // What the new life would take over is what is to be erased.
  if (age === 'newer' && isErasing(link)) return wait('erasing', link, claim.now);
  if (age === 'newer') return withTold(decideNewLife(link, claim, intent, policy), intent, claim);
  const ended = endedOf(link);
  if (ended !== undefined) return end(ended);
  // A later life has begun: what is told of an earlier one is history.
  if (age === 'older') return end('stale');
  const decision = outOfScope(link, claim, intent, policy) ?? decideInScope(link, claim, intent, policy);
  return withTold(decision, intent, claim, link);
}

// Who came back into the scope is worked on from a row that no longer leaves it.
function decideInScope(link: UserLink, claim: Claim, intent: Intent, policy: DecisionPolicy): Decision {
  if (!comesBack(link, intent))
    return withScope(decideUnlessWithheld(link, claim, intent, policy), intent, claim, link);
  const back = entering(link, intent.version);
  const decision = decideUnlessWithheld(back, claim, intent, policy);
  if (decision.do === 'work') return { ...decision, from: back };
  if (decision.do !== 'end') return decision;
  // What is too late for a block, or comes during one, says all the same that the account is not to go.
  if (back.blocked !== true) return { do: 'work', work: 'enabled', from: back };
  if (mayHaveAccount(back)) return { do: 'work', work: 'disabled', from: back };
  return write({ ...noting(back, claim.now, {}), state: 'skipped', code: 'disabled' }, 'disabled');
}

function decideFirst(claim: Claim, intent: Intent): Decision {
  const { want, version } = intent;
  switch (want) {
    case 'account':
    case 'enabled': {
      const kind = want === 'account' ? 'present' : 'enabled';
      const decision = withholdingAtFirst(undefined, claim, intent) ?? work(kind);
      return outsideAtFirst(claim, intent) ?? withScope(decision, intent, claim);
    }
    case 'disabled':
      return write(switchedOffBefore(undefined, claim, version), 'disabled');
    case 'gone':
      return write(tombstone(undefined, claim), 'deleted');
    case 'erased':
      // That we know of no account does not say that there is none.
      return work('erased');
    case 'due':
      return end('not-due');
  }
}

// The lease says that a call may be under way. Only when it has run out and the last call must have ended too
// does a look-up tell the truth about what that worker achieved.
export function obstacleOf(link: UserLink, now: number, policy: DecisionPolicy): Decision | undefined {
  const settlesInMs = settledAt(link, policy) - now;
  if (isLeased(link, now)) return inProgress(link.lease, now);
  if (settlesInMs > 0) return { do: 'end', outcome: retry('settling', settlesInMs) };
  const hasKilled = link.lease !== undefined && link.crashes + 1 >= MAX_CRASHES;
  return hasKilled ? { do: 'give-up' } : undefined;
}

function settledAt({ lease, notBefore = 0 }: UserLink, { settleMs }: DecisionPolicy): number {
  return Math.max(notBefore, lease === undefined ? 0 : lease.until + settleMs);
}

function inProgress(lease: Lease, now: number): Decision {
  return { do: 'end', outcome: retry('in-progress', Math.min(lease.until - now, IN_PROGRESS_WAIT_MS)) };
}

function wait(code: 'erasing', { dueAt = 0 }: UserLink, now: number): Decision {
  const afterMs = dueAt > now ? Math.min(dueAt - now, ERASING_WAIT_MS) : ERASING_WAIT_MS;
  return { do: 'end', outcome: retry(code, Math.max(afterMs, LEAST_ERASING_WAIT_MS)) };
}

function decideDue(link: UserLink, now: number): Decision {
  if (link.dueAt === undefined || link.dueAt > now) return end('not-due');
  if (link.state === 'handed-over')
    return { do: 'write', link: signOffMissing(link, now), outcome: rejected('sign-off-missing') };
  if (link.next === undefined) return end('not-due');
  return work(WORK_OF_STEP[link.next]);
}

const WORK_OF_STEP = { disable: 'leaving', delete: 'absent', erase: 'erased', verify: 'erased' } as const;

// Whoever asks again after it failed begins where it ended; the second look has its own time.
function decideErased(link: UserLink, claim: Claim, age: 'older' | 'same' | 'newer'): Decision {
  if (age === 'older' && !isBuried(link)) return end('stale');
  if (age === 'newer') return work('erased');
  const isWaiting = link.next === 'verify' && link.due !== undefined && (link.dueAt ?? 0) > claim.now;
  return isErased(link) || (isErasing(link) && isWaiting) ? end('erased') : work('erased');
}

// Whatever the earlier life left in the system carries our externalId: the new life finds it there.
function decideNewLife(link: UserLink, claim: Claim, intent: Intent, policy: DecisionPolicy): Decision {
  switch (intent.want) {
    case 'account':
    case 'enabled':
      return (
        outsideInNewLife(link, claim, intent, policy) ??
        withScope(withholdingAtFirst(link, claim, intent) ?? work('enabled'), intent, claim)
      );
    case 'disabled':
      return mayHaveAccount(link)
        ? withScope(work('disabled'), intent, claim)
        : write(switchedOffBefore(link, claim, intent.version), 'disabled');
    default:
      // Which of the two lives became part of another user is not known: in doubt the account stays.
      return decideGone(link, claim, policy);
  }
}

function decideUnlessWithheld(
  link: UserLink,
  claim: Claim,
  intent: Intent,
  policy: DecisionPolicy,
): Decision {
  return withholding(link, claim, intent) ?? decideLiving(link, claim, intent, policy);
}

function decideLiving(link: UserLink, claim: Claim, intent: Intent, policy: DecisionPolicy): Decision {
  switch (intent.want) {
    case 'gone':
      return decideGone(link, claim, policy);
    case 'disabled':
      return decideDisabled(link, claim, intent);
    case 'enabled':
      if (isOlderSwitch(link, intent)) return end('stale');
      return link.blocked === true
        ? decideEnabled(link, claim, intent)
        : decideNotBlocked(link, claim, intent);
    default:
      return link.blocked === true ? end('disabled') : decideAccount(link, claim, intent);
  }
}

const isOlderSwitch = ({ blockedAt = 0 }: UserLink, { version }: Intent) => version < blockedAt;

function decideAccount(link: UserLink, claim: Claim, intent: Intent): Decision {
  if (link.state === 'held') return decideHeld(link, claim, intent);
  // What an operator chose gets our externalId, and so all that the profile says.
  if (typeof link.chosen === 'object' && !intent.complete) return end('held');
  const isThere = (link.state === 'linked' || link.state === 'handed-over') && link.enable !== true;
  if (isThere && !intent.complete) return end('already-linked');
  const isOlder = !intent.additive && intent.version < (link.version ?? 0);
  if (intent.complete && isOlder) return end('stale');
  // After a worker's death nobody knows what the account shows, whatever the row says.
  const isKnown = link.lease === undefined && isShown(link, intent);
  // An earlier attempt that was to switch the account on may have ended before it did.
  if (!isThere || !isKnown) return workOnAccount(link);
  // Without this an older change that comes late would be taken for news.
  const isNews = intent.tellsChange && intent.version > (link.version ?? 0);
  return isNews ? write(noting(link, claim.now, { version: intent.version }), 'unchanged') : end('unchanged');
}

// What an event leaves alone may be known to be empty.
function isShown({ applied }: UserLink, { fingerprint, fingerprintOfNew }: Intent): boolean {
  return applied === fingerprint || applied === fingerprintOfNew;
}

// An operator brings a held link on, or the proof that is missing. What is told meanwhile is noted, because a proof of
// before it would bring back an address that the user no longer has.
function decideHeld(link: UserLink, { now }: Claim, { complete, vouched, version }: Intent): Decision {
  if (link.candidate?.unproven !== true || !complete) return end('held');
  const shown = link.version ?? 0;
  if (version < shown) return end('stale');
  if (vouched) return workOnAccount(link);
  return version > shown ? write(noting(link, now, { version }), 'held') : end('held');
}

const workOnAccount = ({ enable }: UserLink) => work(enable === true ? 'enabled' : 'present');

// Noted even of a link that was never blocked: a block that was before it may arrive after it.
function decideNotBlocked(link: UserLink, claim: Claim, intent: Intent): Decision {
  const decision = decideAccount(link, claim, intent);
  const isNoted = link.blockedAt === intent.version;
  if (isNoted || decision.do === 'work' || decision.do === 'give-up') return decision;
  const wish = { blocked: false, blockedAt: intent.version };
  const noted = noting(decision.do === 'write' ? decision.link : link, claim.now, wish);
  return { do: 'write', link: { ...noted, revision: link.revision + 1 }, outcome: decision.outcome };
}

function decideEnabled(link: UserLink, claim: Claim, intent: Intent): Decision {
  const wish = { blocked: false, blockedAt: intent.version };
  return link.state === 'held' ? write(noting(link, claim.now, wish), 'held') : work('enabled');
}

function decideDisabled(link: UserLink, claim: Claim, intent: Intent): Decision {
  if (isOlderSwitch(link, intent)) return end('stale');
  const wish = { blocked: true, blockedAt: intent.version };
  // What an operator has yet to say is not whether a blocked user keeps what is there.
  if (!mayHaveAccount(link) && link.state === 'held') return write(noting(link, claim.now, wish), 'held');
  if (!mayHaveAccount(link)) return write(switchedOffBefore(link, claim, intent.version), 'disabled');
  const isOff = link.state === 'disabled' && link.lease === undefined;
  if (!isOff) return work('disabled');
  return intent.version > (link.blockedAt ?? 0)
    ? write(noting(link, claim.now, wish), 'disabled')
    : end('disabled');
}

function decideGone(link: UserLink, claim: Claim, policy: DecisionPolicy): Decision {
  if (link.mergedInto === undefined || !mayHaveAccount(link)) return part(link, claim, policy);
  const generation = claim.generation === undefined ? {} : { generation: claim.generation };
  return write({ ...merging(link, claim.now, link.mergedInto), ...generation }, 'merge-pending');
}

function part(link: UserLink, claim: Claim, { leaveAfterMs }: DecisionPolicy): Decision {
  if (!mayHaveAccount(link)) return write(tombstone(link, claim), 'deleted');
  return write(parting(link, claim, claim.now + leaveAfterMs), 'deleting');
}
