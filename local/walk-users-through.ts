import type { Telling } from './auth0/people';
import { type Pace, registerUsers } from './auth0/register-users';
import type { SampleUser } from './auth0/sample-user';
import { startLiveView } from './progress/live-view';
import type { Summary } from './progress/summary';
import { waitUntilSettled } from './progress/wait-until-settled';
import type { Session } from './session';

// What a function held when it died comes back after the visibility timeout of its queue, and that is two minutes.
const PATIENCE = { idleMs: 3_000, stalledMs: 300_000 };
/** More at once would only wait for each other, and an Action has a second and a half. */
const AT_ONCE = 8;
const MOST_OPEN_LINKS = 60;

/** Registers the users and shows their links until all are settled, or it is clear that some never will be. */
export async function walkUsersThrough(session: Session, users: readonly SampleUser[]): Promise<Summary> {
  const view = startLiveView(session.tracker, users.length, namesOf(users), process.stdout);
  const registrations = await registerUsers(users, paceOf(session), session.register);
  await waitUntilSettled(session.tracker, session.run, PATIENCE);
  view.finish();
  for (const words of describeFailures(registrations)) console.error(words);
  return session.summary();
}

/** Of each user the event stream tells as well. */
const CALLS_PER_USER = 2;

/** Below what the API's usage plan and stage let pass, and no faster than links are made. */
function paceOf({ run, tracker }: Session): Pace {
  const rate = run.api.keys.throttleOf(run.outputs.EventApiKeyId ?? '')?.rate ?? Number.POSITIVE_INFINITY;
  const hasRoom = () => tracker.size - tracker.settledCount < MOST_OPEN_LINKS;
  return { atOnce: AT_ONCE, perSecond: (rate * 0.9) / CALLS_PER_USER, hasRoom };
}

/** What Actions said that did not tell us of a user, and how often. */
function describeFailures(registrations: readonly Telling[]): string[] {
  const codes = registrations.filter(({ emitted }) => !emitted).map(({ code }) => code);
  const times = (code: string) => codes.filter((other) => other === code).length;
  return [...new Set(codes)].map((code) => `The Action did not tell us of ${times(code)} users: ${code}`);
}

function namesOf(users: readonly SampleUser[]): (userId: string) => string {
  const names = new Map(users.map(({ user }) => [user.user_id, user.email ?? user.username ?? user.user_id]));
  return (userId) => names.get(userId) ?? userId;
}
