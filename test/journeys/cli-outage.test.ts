import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type LocalRun, startLocalRun, waitFor } from '../helpers/local-run';
import { type Punctual, punctualOn } from '../helpers/punctual';

/** Who cannot be helped for 15 minutes wakes somebody; here that is 15 seconds, and a signature holds for five. */
const TIME_SCALE = 60;
const DAY_MS = 24 * 3_600_000;
const REFUSED = 'auth0|refused';
const WAITING = ['auth0|waits-1', 'auth0|waits-2', 'auth0|waits-3', 'auth0|waits-4'];

let run: LocalRun;
let mine: Punctual;
/** The same stack, as one has it in front of AWS. */
let onAws: Punctual;

beforeAll(async () => {
  run = await startLocalRun({ timeScale: TIME_SCALE });
  [mine, onAws] = [punctualOn(run), punctualOn(run, 'stack')];
}, 90_000);
afterAll(() => run?.stop());

type Queues = readonly { readonly queue: string; readonly parked: number }[];
interface Shown {
  readonly codes: readonly { readonly code: string; readonly count: number }[];
  readonly messages: readonly { readonly id: string; readonly code: string; readonly userRef: string }[];
}
interface Status {
  readonly links: readonly { readonly system: string; readonly state: string }[];
}

async function parkedInCrm(): Promise<number | undefined> {
  const { json } = await onAws.ask<Queues>('dlq', 'list');
  return json.find(({ queue }) => queue === 'crm')?.parked;
}

const wentOff = (kind: string) =>
  waitFor(
    `alarm ${kind}`,
    async () => (await ringing()).includes(`UserProvisioning-dev-crm-${kind}`),
    90_000,
  );

async function ringing(): Promise<string[]> {
  const alarms = await run.control<{ name: string; state: string }[]>('GET', '/alarms');
  return alarms.filter(({ state }) => state === 'ALARM').map(({ name }) => name);
}

/** As if a day had passed since the first attempt, so that the next one is the last. */
async function letADayPass(): Promise<void> {
  for (const { userRef, system, state } of await run.links()) {
    if (state !== 'pending') continue;
    const update = new UpdateCommand({
      TableName: run.outputs.UserLinkTableName,
      Key: { userRef, system },
      UpdateExpression: 'SET firstAttemptAt = firstAttemptAt - :day',
      ConditionExpression: '#state = :pending AND attribute_not_exists(lease)',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: { ':day': DAY_MS, ':pending': 'pending' },
    });
    // Somebody works on it this moment.
    await run.aws.dynamodb.send(update).catch((error) => {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    });
  }
}

test('a system that is off parks its messages and wakes somebody, who sends them back once it is on', async () => {
  await run.control('POST', '/faults', {
    ...{ remote: 'crm', operation: 'POST /Users', when: 'before', effect: 'error', status: 400, times: 1 },
  });
  await mine.run(['send', '--user-id', REFUSED, '--username', 'refused', '--email', 'r@example.com']);
  await waitFor('a message that crm refused', async () => (await parkedInCrm()) === 1, 40_000);

  await run.control('POST', '/remotes/crm/down');
  const people = ['--user-id', 'auth0|waits', '--username', 'waits', '--email', 'waits@example.com'];
  expect(await mine.run(['send', ...people, '--count', '4', '--rate', '100'])).toMatchObject({ exitCode: 0 });
  await wentOff('connector-retries');
  expect(run.printed()).toMatch(/^ALARM +UserProvisioning-dev-crm-connector-retries\n +docs\/runbook\.md#/m);
  const waiting = await mine.ask<Status>('status', '--system', 'crm', '--state', 'pending');
  expect(waiting.json.links).toHaveLength(4);

  await waitFor(
    'four messages that were given up',
    async () => {
      await letADayPass();
      return (await parkedInCrm()) === 5;
    },
    60_000,
  );
  await wentOff('system-queue-dead-letters');
  const { json: parked } = await onAws.ask<Shown>('dlq', 'show', 'crm');
  expect(parked.codes).toMatchObject([
    { code: 'retries-exhausted', count: 4 },
    { code: 'remote-rejected', count: 1 },
  ]);
  expect((await mine.run(['dlq', 'show', 'crm'])).stdout).toMatch(/^ +4 +retries-exhausted +\d+[smhd] /m);

  await run.control('POST', '/remotes/crm/up');
  for (const words of [['--all'], ['--code', 'retries-exhausted'], ['--id', parked.messages[0]?.id ?? '']]) {
    const plan = await mine.run(['dlq', 'redrive', 'crm', ...words]);
    expect(plan.exitCode).toBe(0);
    expect(plan.stdout).toContain('Nothing was changed.');
  }
  expect(await parkedInCrm()).toBe(5);

  const one = parked.messages.find(({ code }) => code === 'retries-exhausted')?.id ?? '';
  const redrive = (punctual: Punctual, ...words: string[]) =>
    punctual.ask('dlq', 'redrive', 'crm', ...words, '--yes');
  const moved = (count: number) => ({ exitCode: 0, json: { dryRun: false, moved: count, failed: 0 } });
  expect(await redrive(mine, '--id', one)).toMatchObject(moved(1));
  expect(await redrive(onAws, '--code', 'remote-rejected')).toMatchObject(moved(1));
  expect(await redrive(mine, '--all')).toMatchObject(moved(3));
  expect(await redrive(mine, '--all')).toMatchObject(moved(0));

  for (const user of [REFUSED, ...WAITING]) {
    const { exitCode, json } = await onAws.ask<Status>('status', user, '--watch');
    expect([exitCode, json.links.map(({ state }) => state)]).toEqual([0, Array(4).fill('linked')]);
  }
  expect(await run.accounts('crm')).toHaveLength(5);
  const name = 'UserProvisioning-dev-crm-system-queue-dead-letters';
  await waitFor('the alarm to clear', async () => !(await ringing()).includes(name), 40_000);
}, 300_000);

interface AuditRow {
  readonly act: string;
  readonly subject: string;
  readonly who: string;
  readonly outcome: string;
  readonly counts: Readonly<Record<string, number>>;
}

test('the audit has every act with who did it and how it ended, and names nobody else', async () => {
  const { json } = await onAws.ask<AuditRow[]>('audit', 'list');
  const who = 'arn:aws:iam::000000000000:role/operator';
  expect(json.map(({ act, subject, who, outcome, counts }) => [act, subject, who, outcome, counts])).toEqual([
    ['dlq redrive', 'crm', who, 'done', { moved: 3, failed: 0, newer: 0 }],
    ['dlq redrive', 'crm with code remote-rejected', who, 'done', { moved: 1, failed: 0, newer: 0 }],
    ['dlq redrive', expect.stringMatching(/^crm with id /), who, 'done', { moved: 1, failed: 0, newer: 0 }],
    ['send', 'user.registered', who, 'done', { sent: 4 }],
    ['send', 'user.registered', who, 'done', { sent: 1 }],
  ]);
  const { stdout } = await mine.run(['audit', 'list']);
  expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  for (const text of ['waits', 'refused', 'example.com', 'auth0']) {
    expect(JSON.stringify(json)).not.toContain(text);
    expect(stdout).not.toContain(text);
  }
});

test('nothing that was printed has an escape in it, or a line that is too long', async () => {
  for (const { typed, stdout, stderr } of mine.heard) {
    expect([typed, stderr, stdout.includes('\u001b')]).toEqual([typed, '', false]);
    if (!typed.includes('--json')) expect([typed, stdout.split('\n').filter(tooLong)]).toEqual([typed, []]);
  }
});

// What is to be typed next is not broken into lines.
const tooLong = (line: string) => line.length > 80 && !line.includes('npx punctual');
