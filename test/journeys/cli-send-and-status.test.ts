import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { safeText } from '../../terminal/safe-text';
import { type LocalRun, startLocalRun, waitFor } from '../helpers/local-run';
import { punctualOn } from '../helpers/punctual';
import { aRegistration } from '../helpers/signed-post';

let run: LocalRun;
let files: string;

beforeAll(async () => {
  [run, files] = await Promise.all([startLocalRun(), mkdtemp(join(tmpdir(), 'punctual-events-'))]);
}, 90_000);
afterAll(async () => {
  await run?.stop();
  await rm(files, { recursive: true, force: true });
});

interface Sent {
  readonly accepted: number;
  readonly events: readonly { readonly eventId: string; readonly requestId: string }[];
}
interface Status {
  readonly links: readonly { readonly system: string; readonly state: string; readonly userRef?: string }[];
}

interface Explained {
  readonly systems: readonly {
    readonly system: string;
    readonly steps: readonly { readonly name: string; readonly requests: readonly object[] }[];
  }[];
}

const SYSTEMS = ['crm', 'profile', 'tickets', 'video'];
/** Where nobody has anything who was not invited. */
const GRANTING = 'auth0';

// The very same commands, once as on one's own machine and once as in front of AWS.
describe.each(['directory', 'stack'] as const)('punctual, led by a %s,', (where) => {
  const userId = (name: string) => `auth0|${where}-${name}`;
  const person = (name: string) => [
    ...['--user-id', userId(name), '--username', `${where}-${name}`],
    ...['--email', `${where}-${name}@example.com`],
  ];
  const linked = (user: string) =>
    waitFor(`all links of ${user}`, async () => {
      const links = await run.links(user);
      return links.length === SYSTEMS.length && links.every(({ state }) => state === 'linked') && links;
    });

  test('sends a registration, says how to follow it, and follows it until it is linked', async () => {
    const punctual = punctualOn(run, where);
    const sent = await punctual.run(['send', ...person('first')]);
    expect(sent).toMatchObject({ exitCode: 0, stderr: '' });
    expect(sent.stdout).toMatch(/^accepted +user\.registered, event msg_/);
    expect(sent.stdout).toContain(`npx punctual status '${userId('first')}' --watch`);
    const seen = await punctual.run(['status', userId('first'), '--watch']);
    expect(seen).toMatchObject({ exitCode: 0, stderr: '' });
    for (const system of SYSTEMS) expect(seen.stdout).toMatch(new RegExp(`^${system} +linked `, 'm'));
    expect(seen.stdout).not.toContain('\u001b');
    const [link] = await linked(userId('first'));
    const byRef = await punctual.run(['status', '--ref', link?.userRef ?? '', '--system', 'crm']);
    expect(byRef.stdout).toMatch(/^crm +linked /m);
    expect(byRef.stdout).not.toContain(where);
  });

  test('sends by the plain interface', async () => {
    const sent = await punctualOn(run, where).ask<Sent>('send', ...person('plain'), '--plain');
    expect(sent).toMatchObject({ exitCode: 0, json: { accepted: 1 } });
    await linked(userId('plain'));
  });

  test('sends the event of a file, and of stdin', async () => {
    const punctual = punctualOn(run, where);
    const file = join(files, `${where}.json`);
    await writeFile(file, JSON.stringify(await aRegistration(run, userId('file'))));
    expect(await punctual.ask<Sent>('send', file)).toMatchObject({ exitCode: 0, json: { accepted: 1 } });
    const typed = JSON.stringify(await aRegistration(run, userId('stdin')));
    expect(await punctual.run(['send', '-'], typed)).toMatchObject({ exitCode: 0, stderr: '' });
    await Promise.all([linked(userId('file')), linked(userId('stdin'))]);
  });

  test('sends many, no faster than it may', async () => {
    const sent = ['send', ...person('many'), '--count', '9', '--rate', '10'];
    const begun = Date.now();
    const { exitCode, json } = await punctualOn(run, where).ask<Sent>(...sent);
    expect(Date.now() - begun).toBeGreaterThanOrEqual(800);
    expect([exitCode, json.accepted]).toEqual([0, 9]);
    expect(new Set(json.events.map(({ eventId }) => eventId)).size).toBe(9);
    await linked(userId('many-9'));
  });

  test('lists the links of a system that wait, without naming anybody', async () => {
    const punctual = punctualOn(run, where);
    const held = ['--email', `${where}-held@example.com`, '--username', `${where}-held`, '--system', 'crm'];
    await punctual.run(['send', '--user-id', userId('one'), ...held]);
    await waitFor('the first', async () => (await run.links(userId('one')))[0]?.state === 'linked');
    await punctual.run(['send', '--user-id', userId('other'), ...held]);
    await waitFor('the other', async () => (await run.links(userId('other')))[0]?.state === 'held');
    const [link] = await run.links(userId('other'));
    const { exitCode, json } = await punctual.ask<Status>('status', '--system', 'crm', '--state', 'held');
    expect(exitCode).toBe(0);
    expect(json.links).toContainEqual(
      expect.objectContaining({ userRef: link?.userRef, system: 'crm', state: 'held', code: link?.code }),
    );
    const { stdout } = await punctual.run(['status', '--system', 'crm', '--state', 'held']);
    expect(stdout).toContain(link?.userRef);
    expect(stdout + JSON.stringify(json)).not.toContain(userId(''));
  });

  test('explains a user in each system, masks them, and changes nothing', async () => {
    const punctual = punctualOn(run, where);
    const file = join(files, `${where}-explained.json`);
    const event = await aRegistration(run, userId('explained'));
    await writeFile(file, JSON.stringify(event));
    const explain = ['explain', userId('explained'), '--event', file];
    const before = await punctual.ask<Explained>(...explain, '--dry-run');
    expect(before).toMatchObject({ exitCode: 0 });
    expect(before.json.systems.map(({ system }) => system)).toEqual([GRANTING, ...SYSTEMS]);
    for (const { steps } of before.json.systems.filter(({ system }) => system !== GRANTING)) {
      expect(steps.map(({ name }) => name)).toEqual(['scope', 'find', 'match', 'plan', 'send']);
      expect(steps.at(-1)?.requests).toMatchObject([{ sent: false }]);
    }
    expect(JSON.stringify(before.json)).not.toContain(event.data.user.email);
    expect(await run.links(userId('explained'))).toEqual([]);
    await punctual.run(['send', file]);
    await linked(userId('explained'));
    const after = await punctual.run([...explain, '--system', 'crm', '--reveal']);
    expect(after).toMatchObject({ exitCode: 0, stderr: '' });
    expect(after.stdout).toContain('one account; it carries our externalId');
    expect(after.stdout).toContain((await linked(userId('explained')))[0]?.accountId ?? 'an account');
    expect(after.stdout).toContain('nothing: the message ends before that');
    expect(after.stdout).not.toContain('Bearer');
  });

  test('releases a link in conflict, and what is sent then brings the account', async () => {
    const punctual = punctualOn(run, where);
    const send = (name: string, username: string) =>
      punctual.run([
        ...['send', '--user-id', userId(name), '--email', `${where}-${name}@example.com`],
        ...['--username', username, '--system', 'crm'],
      ]);
    const crm = async (name: string) => (await run.links(userId(name)))[0];
    await send('before', `${where}-wanted`);
    await waitFor('the first', async () => (await crm('before'))?.state === 'linked');
    await send('after', `${where}-wanted`);
    await waitFor('the second', async () => (await crm('after'))?.code === 'conflict');
    const release = ['link', 'release', userId('after'), '--system', 'crm'];
    const planned = await punctual.run(release);
    expect(planned).toMatchObject({ exitCode: 0, stderr: '' });
    expect(planned.stdout).toContain(`npx punctual send --user-id '${userId('after')}'`);
    const { exitCode, json } = await punctual.ask<object>(...release, '--yes');
    expect([exitCode, json]).toMatchObject([0, { dryRun: false, becomes: 'pending' }]);
    expect(await crm('after')).toMatchObject({ state: 'pending' });
    await send('after', `${where}-another`);
    await waitFor('the account', async () => (await crm('after'))?.state === 'linked');
  });

  test('ends with 1 where nothing is known of a user, and says so', async () => {
    const { exitCode, stdout, stderr } = await punctualOn(run, where).run(['status', userId('nobody')]);
    expect([exitCode, stderr]).toEqual([1, '']);
    expect(stdout).toMatch(/^Nothing is known of this user/);
  });
});

test.each([
  ['a system that is not there', 2, 'no-system', ['status', 'auth0|1', '--system', 'crn']],
  ['a queue that is not there', 2, 'usage', ['dlq', 'show', 'crn']],
  ['an event that is none', 2, 'malformed-json', ['send', '-']],
  [
    'a type that is not ours to send',
    2,
    'not-allowed',
    ['send', '--user-id', 'x|1', '--type', 'user.deleted'],
  ],
  ['a file that is not there', 2, 'no-file', ['send', 'no-such-file.json']],
  ['a command that is not there', 2, 'usage', ['statos', 'auth0|1']],
])('rejects %s with %i and %s, in one line on stderr', async (_, code, name, words) => {
  const { exitCode, stdout, stderr } = await punctualOn(run).run(words);
  expect([exitCode, stdout]).toEqual([code, '']);
  expect(stderr).toMatch(new RegExp(`^punctual: ${name}: [^\\n]+\\.\\n$`));
});

test('rejects a stack that is not there with 3, and as JSON where that is asked for', async () => {
  const words = ['outputs', '--stack', 'NoSuchStack', '--json'];
  const { exitCode, stdout, stderr } = await punctualOn(run, 'stack').run(words);
  expect([exitCode, stdout]).toEqual([3, '']);
  expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'no-stack', hint: expect.any(String) } });
});

test('no text from elsewhere reaches the screen as an order to it', async () => {
  const hostile = '\u001b[2J\u009b31m\u202e\u0007';
  const event = { ...(await aRegistration(run, `auth0|${hostile}`)), id: hostile };
  const parked = { code: hostile, words: hostile, time: hostile, attempts: 1 };
  const attribute = (StringValue: string) => ({ DataType: 'String', StringValue });
  for (const name of ['EventTopicDeadLetterQueueUrl', 'QuarantineQueueUrl']) {
    // As JSON it may be in a message; SQS takes no control characters as they are.
    const attributes = { parked: attribute(JSON.stringify(parked)), type: attribute('user\u202ederetsiger') };
    const sent = { QueueUrl: run.outputs[name], MessageBody: JSON.stringify(event) };
    await run.aws.sqs.send(new SendMessageCommand({ ...sent, MessageAttributes: attributes }));
  }
  const punctual = punctualOn(run);
  for (const words of [
    ['status', `auth0|${hostile}`, '--system', hostile],
    ['dlq', 'show', 'event-topic', '--body'],
    ['dlq', 'show', 'event-topic', '--body', '--json'],
    ['dlq', 'redrive', 'event-topic', '--code', hostile],
    ['quarantine', 'show'],
    ['quarantine', 'list'],
    ['quarantine', 'list', '--json'],
    ['outputs', hostile, '--json'],
    [`statu${hostile}`],
  ]) {
    await punctual.run(words);
  }
  for (const { typed, stdout, stderr } of punctual.heard) {
    expect([safeText(typed), (stdout + stderr).match(/[^\n\P{C}]/gu)]).toEqual([safeText(typed), null]);
  }
  // Each had to say something of it.
  const made = punctual.heard.map(({ stdout, stderr }) => /\\u\{1b\}|\\u001b/.test(stdout + stderr));
  expect(made).toEqual(made.map(() => true));
});
