import { aPerson } from '../test/helpers/a-person';
import type { LocalRun } from '../test/helpers/local-run';
import { startLocalRunOf } from '../test/helpers/local-run-of';
import { goOn, hearReady, readWaitingPage } from '../test/helpers/waiting-page';
import { warmStatus } from '../test/helpers/warm-status';

/**
 * How long a person waits at their first login: from the moment at which the last form of the login is sent, so that
 * the run of the Action is in it, to the moment at which the socket of the page says that the required system is
 * ready. In a local run with systems that answer at once, one login after the other, nothing else on the machine.
 */
const LOGINS = 100;
/** Functions start, and so do the tenant and its keys. */
const TO_WARM_UP = 5;
const BUDGET_MS = 500;

interface Login {
  /** Until the page is there. */
  readonly pageMs: number;
  /** Until its socket says that the account is ready. */
  readonly readyMs: number;
  /** Until the application has the person. */
  readonly endMs: number;
}

async function logIn(run: LocalRun, email: string): Promise<Login> {
  const person = aPerson(run);
  const form = await person.begin('google-oauth2');
  const startedAt = performance.now();
  const since = () => performance.now() - startedAt;
  const shown = await form(email);
  const pageMs = since();
  // Whose account was there before the Action asked sees no page.
  if (person.isIn(shown)) return { pageMs, readyMs: pageMs, endMs: pageMs };
  const page = readWaitingPage(shown);
  await hearReady(page, ['tickets']);
  const readyMs = since();
  const seen = await goOn(page, person.browser);
  if (!person.isIn(seen)) throw new Error(`The login ended at ${seen.url}.`);
  return { pageMs, readyMs, endMs: since() };
}

async function measure(): Promise<Login[]> {
  const run = await startLocalRunOf({
    profile: { kind: 'profile', attributes: ['email'] },
    tickets: { kind: 'scim', baseUrl: 'https://tickets.example.com/scim/v2', required: true },
  });
  const logins: Login[] = [];
  try {
    await warmStatus(run);
    for (let index = 0; index < TO_WARM_UP + LOGINS; index += 1)
      logins.push(await logIn(run, `person-${index}@example.com`));
  } finally {
    await run.stop();
  }
  return logins.slice(TO_WARM_UP);
}

const STEPS: readonly (readonly [keyof Login, string])[] = [
  ['pageMs', 'the page is there'],
  ['readyMs', 'its socket says ready'],
  ['endMs', 'the application has the person'],
];

function atRank(sorted: readonly number[], share: number): number {
  return Math.round(sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN);
}

const print = (line: string) => process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const logins = await measure();
  print(`${logins.length} first logins, one after the other; ms from the last form of the login`);
  for (const [step, words] of STEPS) {
    const sorted = logins.map((login) => login[step]).toSorted((one, other) => one - other);
    const [median, p95, most] = [0.5, 0.95, 1].map((share) => atRank(sorted, share));
    print(`${words.padEnd(32)} median ${median}  p95 ${p95}  most ${most}`);
    if (step === 'readyMs' && (p95 ?? Infinity) > BUDGET_MS) process.exitCode = 1;
  }
}

void main();
