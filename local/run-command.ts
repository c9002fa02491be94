import { join } from 'node:path';
import { type Pace, registerUsers } from './auth0/register-users';
import { makeUsers, readSampleUsers, type SampleUser } from './auth0/sample-user';
import { describeSession } from './describe-session';
import { type Flags, parseFlags } from './flags';
import { LocalError } from './local-error';
import { type OpenSession, openSession } from './open-session';
import { describeSummary } from './progress/describe-summary';
import { startLiveView } from './progress/live-view';
import { isComplete } from './progress/summary';
import { waitUntilSettled } from './progress/wait-until-settled';
import { serveUntilStopped } from './serve-until-stopped';

const SAMPLES = join(__dirname, '../examples/users.json');
const PATIENCE = { idleMs: 3_000, stalledMs: 120_000 };
/** More at once would only wait for each other, and an Action has a second and a half. */
const AT_ONCE = 8;
const MOST_OPEN_LINKS = 80;

/** `npm start`; gives the exit code. Errors are one line on stderr. */
export async function runCommand(args: readonly string[]): Promise<number> {
  try {
    const flags = parseFlags(args);
    return await runWith(flags);
  } catch (error) {
    console.error(error instanceof LocalError ? error.message : error);
    return 1;
  }
}

async function runWith(flags: Flags): Promise<number> {
  const session = await openSession(flags);
  try {
    const code = await walkThrough(session, flags);
    if (!flags.once) await serveUntilStopped(session);
    return code;
  } finally {
    await session.close();
  }
}

/** Registers the users, shows their links being made and says how it went. */
async function walkThrough(session: OpenSession, flags: Flags): Promise<number> {
  const samples = readSampleUsers(SAMPLES);
  const users = makeUsers(samples, flags.users ?? samples.length);
  const view = startLiveView(session.tracker, users.length, namesOf(users), process.stdout);
  const registrations = await registerUsers(users, paceOf(session), session.register);
  await waitUntilSettled(session.tracker, session.run, PATIENCE);
  view.finish();
  const summary = await session.summary();
  for (const { code } of registrations.filter(({ emitted }) => !emitted))
    console.error(`An Action said: ${code}`);
  console.log(['', ...describeSummary(summary)].join('\n'));
  if (!flags.once) console.log(describeSession(session, flags).join('\n'));
  if (flags.json) console.log(JSON.stringify(summary));
  return isComplete(summary) ? 0 : 1;
}

/** Below what the API's usage plan and stage let pass, and no faster than links are made. */
function paceOf({ run, tracker }: OpenSession): Pace {
  const rate = run.api.keys.throttleOf(run.outputs.EventApiKeyId ?? '')?.rate ?? Number.POSITIVE_INFINITY;
  const hasRoom = () => tracker.size - tracker.settledCount < MOST_OPEN_LINKS;
  return { atOnce: AT_ONCE, perSecond: rate * 0.9, hasRoom };
}

function namesOf(users: readonly SampleUser[]): (userId: string) => string {
  const names = new Map(users.map(({ user }) => [user.user_id, user.email ?? user.username ?? user.user_id]));
  return (userId) => names.get(userId) ?? userId;
}
