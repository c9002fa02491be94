import { type Outcome, provisioned, skipped } from '../../../events/outcome';
import type { Intent } from '../../user-links/intent';
import type { Closing } from '../../user-links/transitions';
import { type Candidate, isOutside, type UserLink } from '../../user-links/user-link';
import { isWithheldBy, withheldBy } from '../../user-links/withheld';
import type { Converged } from '../accounts/converge';
import { endingOf, goesWhenOff } from '../leaving/ending-of';
import type { CommonDeps } from '../provision-deps';
import type { Job } from '../work-on';

/** How an attempt ended: for the link, and for the message. */
export interface Result {
  readonly closing: Closing;
  readonly outcome: Outcome;
}

/** What it means that a system was brought to what the link wants. */
export function resultOf(deps: CommonDeps, link: UserLink, job: Job, converged: Converged): Result {
  if (converged.kind === 'held') {
    const { code, account, candidate } = converged;
    const known = { ...account, ...(candidate === undefined ? {} : foundBy(job.intent, candidate)) };
    return { closing: { state: 'held', code, ...known }, outcome: skipped(code) };
  }
  const closing = closingOf(deps, link, job, converged);
  const isWithheld = closing.state === 'skipped' && isWithheldBy(closing.code);
  return { closing, outcome: isWithheld ? skipped(closing.code) : provisioned };
}

// Nothing that is older takes over what waits for a proof.
const foundBy = ({ complete, version }: Intent, candidate: Candidate) =>
  candidate.unproven === true && complete ? { candidate, version } : { candidate };

function closingOf(
  deps: CommonDeps,
  link: UserLink,
  { work, intent }: Job,
  converged: Exclude<Converged, { kind: 'held' }>,
): Closing {
  const { complete, version, fingerprint, fingerprintOfNew } = intent;
  const isLeaving = work === 'leaving' || work === 'absent';
  if (converged.kind === 'none') {
    if (isOutside(link)) return { state: 'skipped', code: 'out-of-scope' };
    if (isLeaving) return { state: 'deprovisioned' };
    if (work === 'disabled') return { state: 'skipped', code: 'disabled' };
    return { state: 'skipped', code: withheldBy(link, intent) ?? 'not-asked-yet' };
  }
  const { accountId, ownership } = converged;
  const account = { accountId, ownership };
  // What we did not make we do not remove.
  const isOffToGo = work === 'leaving' || (work === 'disabled' && goesWhenOff(deps.leave, link));
  const isToGo = isOffToGo && endingOf(deps.leave, link) === 'delete' && ownership === 'created';
  if (isToGo) return { state: 'deprovisioning', dueAt: deps.now() + deps.leave.graceMs };
  if (isLeaving || work === 'disabled') return { state: 'disabled', ...account };
  const applied = converged.isNew === true ? fingerprintOfNew : fingerprint;
  return { state: 'linked', ...account, ...(complete ? { version, applied } : {}) };
}
