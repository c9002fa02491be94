import { type Outcome, provisioned, skipped } from '../../events/outcome';
import type { Work } from '../user-links/decision';
import type { Intent } from '../user-links/intent';
import { closedInScope } from '../user-links/scoping';
import type { UserLink } from '../user-links/user-link';
import { withheldBy } from '../user-links/withheld';
import { accountsBefore } from './accounts/accounts-before';
import { termsOf } from './accounts/adoption';
import { converge } from './accounts/converge';
import type { AcceptedEvent } from './authenticity/accepted-event';
import { type AccountRequest, RejectedError, RetryableError } from './connector';
import { type Sample, sampleOf } from './gate/sample-of';
import { handOver } from './hand-over/hand-over';
import type { AdmittedTo } from './instances/admit-to';
import { refusalOf } from './intent/mapping';
import { endingOf } from './leaving/ending-of';
import { eraseLink } from './leaving/erase-link';
import { type Result, resultOf } from './outcome/result-of';
import { resultOfError } from './outcome/result-of-error';
import { retryLater } from './outcome/retry-later';
import type { CommonDeps, PlacedDeps } from './provision-deps';

/** What is to be done about a link that was claimed. */
export interface Job {
  readonly work: Work;
  readonly intent: Intent;
  readonly request: AccountRequest;
  readonly accepted: AcceptedEvent;
}

interface Told extends Job {
  /** Says how it stands with the system. */
  readonly tell: (sample: Sample) => Promise<void>;
}

/** Brings the system to what a claimed link wants, and writes down how it ended. */
export async function workOn(deps: PlacedDeps, mine: UserLink, job: Told): Promise<Outcome> {
  // The account of somebody who was blocked on the way out was switched off by that, and is counted when it goes.
  const isGoing = job.work === 'leaving' || job.work === 'absent';
  const counted = isGoing && !mine.counted ? { ...mine, counted: true } : mine;
  const admitted = counted === mine || (await deps.admitDeletion().catch(() => undefined));
  const { closing, outcome } = admitted
    ? await attempt(deps, counted, job)
    : notAdmitted(deps, mine, job, admitted);
  return close(deps, mine, closedInScope(admitted ? counted : mine, closing, deps.now()), outcome);
}

async function close(deps: CommonDeps, mine: UserLink, row: UserLink, outcome: Outcome): Promise<Outcome> {
  const stillMine = await deps.links.close(row, mine.lease?.token ?? '');
  return stillMine ? outcome : retryLater(deps, 'lease-lost', mine.attempts);
}

// That the count cannot be read is no crash of the worker, which five of would end the message.
function notAdmitted(deps: CommonDeps, link: UserLink, job: Job, answer: false | undefined): Result {
  const code = 'deletion-threshold';
  if (answer === false) return { closing: { state: 'held', code }, outcome: skipped(code) };
  const { queuedAt } = job.accepted;
  return resultOfError(deps, { link, queuedAt }, new RetryableError('store-unavailable'));
}

/** Removes the account of a user who is to be erased, in every place in which it may be. */
export async function workOnErasure(
  deps: CommonDeps,
  places: Pick<AdmittedTo, 'sites' | 'barred'>,
  mine: UserLink,
  { request, accepted: { queuedAt } }: Job,
): Promise<Outcome> {
  const { row, outcome } = await eraseLink(deps, places, mine, request, (link, error) =>
    resultOfError(deps, { link, queuedAt }, error),
  );
  return close(deps, mine, row, outcome);
}

async function attempt(deps: PlacedDeps, link: UserLink, job: Told): Promise<Result> {
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
      mayCreate: withheldBy(link, intent) === undefined,
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
async function withAccounts(deps: CommonDeps, link: UserLink, job: Job): Promise<AccountRequest> {
  const { work, request, accepted } = job;
  if (!isWanted(work) || deps.after.length === 0) return request;
  const accounts = await accountsBefore(deps, link);
  return { ...request, attributes: deps.mapping.attributesOf(accepted.event.data.user, accounts) };
}
