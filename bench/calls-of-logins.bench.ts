import { aPerson } from '../test/helpers/a-person';
import type { LocalRun } from '../test/helpers/local-run';
import { startLocalRunOf } from '../test/helpers/local-run-of';

/**
 * What a login costs where no system is required: the requests of the Action at login of somebody who is new and of
 * somebody who is ready, and how long people wait while the event API hangs. One login after the other.
 */
const LOGINS = 20;
/** The event stream's Action was answered. */
const ANSWERED = /"status":\d/;

const people = (name: string) => Array.from({ length: LOGINS }, (_, index) => `${name}-${index}@example.com`);

/** From the last form of the login until the application has the person, in ms. */
async function logIn(run: LocalRun, email: string): Promise<number> {
  const person = aPerson(run);
  const form = await person.begin('google-oauth2');
  const startedAt = performance.now();
  const seen = await form(email);
  if (!person.isIn(seen)) throw new Error(`The login ended at ${seen.url}.`);
  return performance.now() - startedAt;
}

async function logInAll(run: LocalRun, emails: readonly string[]): Promise<number[]> {
  const waits: number[] = [];
  for (const email of emails) waits.push(await logIn(run, email));
  return waits.map(Math.round);
}

interface Seen {
  /** Calls of the event API and the status API over HTTP. */
  readonly requests: number;
  /** What the Action at login printed. */
  readonly codes: readonly string[];
}

async function seenSoFar(run: LocalRun): Promise<Seen> {
  const logs = await run.logs();
  const linesOf = (isMeant: (name: string) => boolean) =>
    Object.entries(logs).flatMap(([name, lines]) => (isMeant(name) ? lines : []));
  const calls = linesOf((name) => /^api-access/.test(name) && !name.endsWith('Socket'));
  // The event stream tells of everybody who is new, through the same API.
  const told = linesOf((name) => name === 'auth0-event-stream').filter((line) => ANSWERED.test(line));
  const codes = linesOf((name) => name === 'auth0-action').flatMap(
    (line) => /"code":"([a-z-]+)"/.exec(line)?.[1] ?? [],
  );
  return { requests: calls.length - told.length, codes };
}

const print = (line: string) => process.stdout.write(`${line}\n`);

// Lines of logs come a moment after what they tell of.
const linesAreThere = () => new Promise((resolve) => setTimeout(resolve, 3_000));

async function measure(run: LocalRun, words: string, emails: readonly string[]): Promise<void> {
  const before = await seenSoFar(run);
  const waits = await logInAll(run, emails);
  await linesAreThere();
  const { requests, codes } = await seenSoFar(run);
  const counts = new Map<string, number>();
  for (const code of codes.slice(before.codes.length)) counts.set(code, (counts.get(code) ?? 0) + 1);
  const said = [...counts].map(([code, count]) => `${count} ${code}`).join(', ') || 'nothing';
  print(
    `${words}: ${requests - before.requests} requests of ${emails.length} logins; the Action said ${said}`,
  );
  print(`  ms each: ${waits.join(' ')}`);
}

const HANGING = { service: 'sns', operation: 'Publish', when: 'before', effect: 'hang' };

async function main(): Promise<void> {
  const run = await startLocalRunOf({
    profile: { kind: 'profile', attributes: ['email'] },
    tickets: { kind: 'scim', baseUrl: 'https://tickets.example.com/scim/v2' },
  });
  try {
    await logInAll(run, people('warm'));
    await linesAreThere();
    await measure(run, 'new, no system required', people('new'));
    await measure(run, 'the same, second login', people('new'));
    await measure(run, 'the same, ready', people('new'));
    await run.control('POST', '/faults', HANGING);
    await measure(run, 'new, the event API hangs', people('late'));
    await run.control('DELETE', '/faults');
  } finally {
    await run.stop();
  }
}

void main();
