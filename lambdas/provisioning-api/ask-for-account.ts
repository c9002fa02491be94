import { askBody } from '../../events/provisioning-api/schemas';
import type { UserLink } from '../user-links/user-link';
import { ageOf } from '../user-links/user-link';
import type { ApiAnswer, ApiCall } from './api-call';
import type { ApiDeps } from './api-deps';
import { type Ask, askEvent } from './ask-event';
import { brings, broughtByAny } from './jit-switches';
import { linkViewOf } from './link-view';
import { type NextStep, nextStepOf } from './next-step';
import { noted } from './noted';
import { waitSecondsOf } from './prefer';
import { ApiProblem } from './problem';
import { progressOf } from './progress-of';
import { readBody } from './read-body';
import { knownSubject, namedSubject, ownSubject, readAskFor, refuseGone, type Subject } from './subject';
import type { Claims } from './token';
import { waitForLink } from './wait-for-link';

/** `PUT /me/links/{system}` */
export async function askMine(deps: ApiDeps, call: ApiCall, claims: Claims): Promise<ApiAnswer> {
  const startedAt = deps.now();
  const { country } = readBody(call.body, askBody);
  const system = systemOf(deps, call);
  const said = await ownSubject(deps, claims);
  const asked = { subject: said, system, country, retry: false, startedAt };
  const isMissing = wantsProfile(asked, isOwnUnsaid(said)) || isBroughtTo(deps, said, system) === undefined;
  const subject = await knownSubject(deps, said, { isMissing, status: 403 });
  refusePassThrough(deps, subject, system);
  return bring(deps, call, { ...asked, subject });
}

/** `PUT /users/{id}/links/{system}` */
export async function askFor(deps: ApiDeps, call: ApiCall, by: Claims): Promise<ApiAnswer> {
  const startedAt = deps.now();
  const { country, ...said } = readAskFor(call);
  const system = systemOf(deps, call);
  const subject = await namedSubject(deps, call, said);
  const asked = { subject, system, country, retry: false, startedAt, by };
  return bring(deps, call, { ...asked, subject: await knownOf(deps, asked) });
}

/** `POST /users/{id}/links/{system}/retry` */
export async function retry(deps: ApiDeps, call: ApiCall, by: Claims): Promise<ApiAnswer> {
  const startedAt = deps.now();
  const { country, ...said } = readAskFor(call);
  const system = systemOf(deps, call);
  const subject = await namedSubject(deps, call, said);
  const asked = { subject, system, country, retry: true, startedAt, by };
  refuseNotGivenUp(asked);
  return bring(deps, call, { ...asked, subject: await knownOf(deps, asked) });
}

function refuseNotGivenUp({ subject, system }: Wanted): void {
  refuseGone(subject, 409);
  const link = linkIn(subject, system);
  if (link === undefined) throw new ApiProblem(404, 'no-link');
  const isGivenUp = link.state === 'failed' || link.state === 'rejected';
  if (!isGivenUp) throw new ApiProblem(409, 'not-failed', { link: linkViewOf(link) });
}

/** An administrator's call says who the user is, or Auth0 does. */
const knownOf = (deps: ApiDeps, asked: Wanted): Promise<Subject> =>
  knownSubject(deps, asked.subject, {
    isMissing: wantsProfile(asked, asked.subject.profile.user === undefined),
    status: 409,
  });

// An account that is there or under way needs nothing more, and one that an event changes no more than its id.
function wantsProfile(asked: Wanted, isUnsaid: boolean): boolean {
  const link = linkIn(asked.subject, asked.system);
  return isUnsaid && link?.accountId === undefined && nextStepOf(link, asked) === 'ask';
}

const isOwnUnsaid = ({ profile: { user, connection } }: Subject) =>
  user === undefined || connection === undefined;

function refusePassThrough(deps: ApiDeps, subject: Subject, system: string): void {
  const isBrought = isBroughtTo(deps, subject, system);
  if (isBrought === undefined) throw new ApiProblem(409, 'profile-unknown');
  if (!isBrought) throw new ApiProblem(403, 'jit-off');
}

// Who has an account keeps it, whatever the connection by which they came this time brings.
function isBroughtTo({ jit }: ApiDeps, subject: Subject, system: string): boolean | undefined {
  const link = linkIn(subject, system);
  if (link !== undefined && progressOf(link) === 'ready') return true;
  // Somebody who came by such a connection once has the account, whichever they take today.
  if (link?.broughtBy !== undefined && brings(jit, link.broughtBy, system)) return true;
  const { connection } = subject.profile;
  return connection === undefined ? broughtByAny(jit, system) : brings(jit, connection.name, system);
}

function systemOf({ systems, byInvitation }: ApiDeps, { path }: ApiCall): string {
  const system = path.system ?? '';
  if (systems.includes(system) && !byInvitation.includes(system)) return system;
  throw new ApiProblem(404, 'no-system');
}

const linkIn = ({ life }: Subject, system: string) => life.links.find((link) => link.system === system);

interface Wanted {
  readonly subject: Subject;
  readonly system: string;
  readonly country: string | undefined;
  readonly retry: boolean;
  /** Epoch ms: Auth0 may take some of the time that a caller waits. */
  readonly startedAt: number;
  /** The administrator who asks; absent where the person does. */
  readonly by?: Claims;
}

async function bring(deps: ApiDeps, call: ApiCall, wanted: Wanted): Promise<ApiAnswer> {
  const before = linkIn(wanted.subject, wanted.system);
  const step = nextStepOf(before, wanted);
  if (step === 'answer' && before !== undefined) return answerOf(before);
  if (step === 'ask') await ask(deps, call, wanted, before);
  const waitSeconds = waitSecondsOf(call.headers.prefer) ?? 0;
  const leave = waitSeconds === 0 ? undefined : await deps.waitingRoom.enter(wanted.subject.userRef);
  if (leave === undefined) return notYet(wanted.system, before);
  try {
    const seen = unlessAsked(step, before);
    const link = await waitForLink(lookingAt(deps, wanted), seen, wanted.startedAt + waitSeconds * 1_000);
    const isOver = link !== undefined && link.revision !== seen?.revision && progressOf(link) !== 'waiting';
    const answer = isOver ? answerOf(link) : notYet(wanted.system, link);
    return { ...answer, headers: { ...answer.headers, 'preference-applied': `wait=${waitSeconds}` } };
  } finally {
    await leave();
  }
}

// What somebody else's event settles between two looks is as good an answer as what ours does.
const unlessAsked = (step: NextStep, before: UserLink | undefined) => (step === 'ask' ? before : undefined);

async function ask(
  deps: ApiDeps,
  call: ApiCall,
  wanted: Wanted,
  before: UserLink | undefined,
): Promise<void> {
  const { userId, userRef, profile } = wanted.subject;
  // An account that is there needs nothing of the profile but its id.
  if (profile.user === undefined && before?.accountId === undefined)
    throw new ApiProblem(409, 'profile-unknown');
  const { system, country } = wanted;
  const asked: Ask = { userId, userRef, system, country, profile, at: deps.now() };
  const event = askEvent(asked);
  const { by } = wanted;
  const publish = () => deps.publish(event, call.requestId);
  if (by === undefined) return publish();
  const act = wanted.retry ? 'api retry' : 'api ask';
  await noted(deps, call, { by, act, subject: `${system} ${userRef}` }, publish);
}

const lookingAt = (deps: ApiDeps, { subject, system }: Wanted) => ({
  ...deps,
  look: async () => {
    const link = await deps.links.get(subject.userRef, system);
    const { generation } = subject.life;
    const isEarlier =
      link !== undefined && ageOf(link, generation === undefined ? {} : { generation }) === 'newer';
    return isEarlier ? undefined : link;
  },
});

function answerOf(link: UserLink): ApiAnswer {
  const view = linkViewOf(link);
  if (progressOf(link) === 'ready') return { status: 200, body: { link: view } };
  throw new ApiProblem(409, link.code ?? 'no-account', { link: view });
}

/** Seconds after which asking again is likely to bring news. */
const COME_AGAIN_SECONDS = 2;

function notYet(system: string, link: UserLink | undefined): ApiAnswer {
  const view = link === undefined ? { system, state: 'pending' as const } : linkViewOf(link);
  return { status: 202, headers: { 'retry-after': `${COME_AGAIN_SECONDS}` }, body: { link: view } };
}
