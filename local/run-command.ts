import { join } from 'node:path';
import { makeUsers, readSampleUsers, type SampleUser } from './auth0/sample-user';
import { renderAlarm } from './cloudwatch/describe-alarm';
import { describeSession } from './describe-session';
import { addNamedFault } from './faults/add-fault';
import { describeFaults } from './faults/describe-faults';
import { mixFaults } from './faults/mixed-faults';
import { type Flags, parseFlags } from './flags';
import { describeDenials } from './iam/describe-denials';
import { LocalError } from './local-error';
import { type OpenSession, openSession } from './open-session';
import { describeSummary } from './progress/describe-summary';
import { isComplete } from './progress/summary';
import { serveUntilStopped } from './serve-until-stopped';
import { walkUsersThrough } from './walk-users-through';

const SAMPLES = join(__dirname, '../examples/users.json');

/** `npm start`; gives the exit code. What the person can mend is said in one line on stderr. */
export async function runCommand(args: readonly string[]): Promise<number> {
  try {
    return await runWith(parseFlags(args));
  } catch (error) {
    console.error(error instanceof LocalError ? error.message : error);
    return 1;
  }
}

async function runWith(flags: Flags): Promise<number> {
  const users = usersOf(flags);
  if (flags.assembly === undefined) console.log('Synthesizing the stack and bundling the Actions …');
  const session = await openSession(flags);
  try {
    for (const fault of flags.fault) await addNamedFault(session, fault);
    if (flags.faults) await mixFaults(session, users.length);
    const isDone = await walkThrough(session, users, flags);
    if (!flags.once) await serveUntilStopped(session);
    return isDone ? 0 : 1;
  } finally {
    await session.close();
  }
}

async function walkThrough(
  session: OpenSession,
  users: readonly SampleUser[],
  flags: Flags,
): Promise<boolean> {
  const summary = await walkUsersThrough(session, users);
  const alarms = session.run.cloudwatch.alarms.list().filter(({ state }) => state === 'ALARM');
  const denials = describeDenials(session.run.iam.denials.list());
  const faults = await describeFaults(session.remotes);
  console.log(
    ['', ...describeSummary(summary), ...faults, ...denials, ...alarms.flatMap(renderAlarm)].join('\n'),
  );
  if (!flags.once) console.log(describeSession(session, flags).join('\n'));
  if (flags.json) console.log(JSON.stringify(summary));
  return isComplete(summary);
}

function usersOf(flags: Flags): SampleUser[] {
  const samples = readSampleUsers(SAMPLES);
  return makeUsers(samples, flags.users ?? samples.length);
}
