import { join } from 'node:path';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Certificate } from '../../cli/certificate/certificate';
import { verifyWithKeyRing } from '../../events/key-ring';
import { parseAccepted, parseWebhook } from '../../events/message-attributes';
import type { UserLink } from '../../lambdas/user-links/user-link';
import type { ConfigurationInput } from '../../lib/configuration';
import { pascalCase } from '../../lib/pascal-case';
import type { HandedAccount, Told } from '../../local/remotes/handover-store';
import { aConsumer, ringOf } from '../helpers/a-consumer';
import { anEvent } from '../helpers/events';
import { type LocalRun, waitFor } from '../helpers/local-run';
import { startLocalRunOf } from '../helpers/local-run-of';
import { punctualOn } from '../helpers/punctual';
import { peek } from '../helpers/queues';
import { postSigned, runTime } from '../helpers/signed-post';

/** The sweeper comes every three seconds. */
const TIME_SCALE = 100;
const deprovision = { graceDays: 0 } as const;
/** Of the people who work a queue off themselves. */
const SEARCH_ROLE = 'arn:aws:iam::000000000000:role/search';
const SYSTEMS = {
  mailing: { kind: 'webhook', url: 'https://hooks.example.com/mailing', deprovision },
  silent: { kind: 'webhook', url: 'https://silent.example.com/', signOff: { withinHours: 1 } },
  badge: {
    ...{ kind: 'webhook', url: 'https://badge.example.com/', after: ['mailing'] },
    mapping: { mailing_id: { account: 'mailing' } },
  },
  payroll: { kind: 'eventbridge', deprovision },
  lent: {
    ...{ kind: 'eventbridge', signOff: 'none' },
    bus: 'arn:aws:events:eu-central-1:210987654321:event-bus/accounts',
  },
  search: { kind: 'sqs', consumers: [SEARCH_ROLE] },
  archive: { kind: 'sqs', state: 'retired' },
  lost: { kind: 'webhook', url: 'https://hooks.example.internal/lost', deprovision },
} satisfies ConfigurationInput['systems'];
const CONNECTION = { id: 'con_1', name: 'Username-Password-Authentication', strategy: 'auth0' };
const PATIENCE_MS = 60_000;

let run: LocalRun;

beforeAll(async () => {
  run = await startLocalRunOf(SYSTEMS, { timeScale: TIME_SCALE });
}, 180_000);
afterAll(() => run?.stop());

interface Shown {
  readonly accounts: readonly HandedAccount[];
  readonly messages: readonly Told[];
}

/** What a system that takes webhooks was told, and what it made of it. */
async function shownBy(system: string): Promise<Shown> {
  return (await (await fetch(run.local.Systems[system] ?? '')).json()) as Shown;
}

let users = 0;

/** Somebody signs up. */
async function signUp(): Promise<{ id: string; path: string; email: string }> {
  users += 1;
  const [id, email] = [`auth0|handed-${users}`, `handed-${users}@example.com`];
  const user = { user_id: id, email, username: `handed-${users}` };
  expect(await run.emit({ connection: CONNECTION, user })).toEqual({ emitted: true, code: 'emitted' });
  return { id, email, path: `/users/${encodeURIComponent(id)}` };
}

const linkIn = (system: string, id: string, wanted: Partial<UserLink>) =>
  waitFor(
    `${JSON.stringify(wanted)} of ${id} in ${system}`,
    async () => {
      const link = (await run.links(id)).find((each) => each.system === system);
      const isSo = Object.entries(wanted).every(([name, value]) => link?.[name as 'state'] === value);
      return link !== undefined && isSo && link;
    },
    PATIENCE_MS,
  );

const accountOf = async (system: string, id: string) =>
  (await shownBy(system)).accounts.find(({ externalId }) => externalId.endsWith(`/${id}`));

/** Lets what a link waits for be due, for which a journey cannot wait. */
async function comeDue(system: string, { userRef }: UserLink): Promise<void> {
  const { aws, outputs } = run;
  const update = new UpdateCommand({
    TableName: outputs.UserLinkTableName,
    Key: { userRef, system },
    UpdateExpression: 'SET dueAt = :past, remindAt = :past, revision = revision + :one',
    ExpressionAttributeValues: { ':past': 1, ':one': 1 },
  });
  await aws.dynamodb.send(update);
}

/** Says that `system` made the account, with the key of `signer`. */
async function signOff(signer: string, system: string, id: string): Promise<void> {
  const [account, link] = [await accountOf(system, id), await linkIn(system, id, {})];
  const SecretId = run.outputs[`SignOffSecretArn${pascalCase(signer)}`];
  const { SecretString } = await run.aws.secrets.send(new GetSecretValueCommand({ SecretId }));
  const event = anEvent({ id: `lnk_${signer}`, type: 'account.linked', system });
  const user = { user_id: id, created_at: link.generation };
  const data = { user, system, accountId: account?.accountId };
  const time = new Date(await runTime(run)).toISOString();
  const answer = await postSigned(run, { ...event, time, data }, { secret: `whsec_${SecretString}` });
  expect(answer.status).toBe(202);
}

const quarantined = () => peek(run.aws.sqs, run.outputs.QuarantineQueueUrl ?? '');

test('a system is told of a joiner, of changes, of a block and of a deletion, and signs off', async () => {
  const { id, path, email } = await signUp();
  const { accountId } = await linkIn('mailing', id, { state: 'linked' });
  const told = { accountId, active: true, attributes: { email } };
  expect(await accountOf('mailing', id)).toMatchObject(told);
  await linkIn('badge', id, { state: 'linked' });
  expect(await accountOf('badge', id)).toMatchObject({ attributes: { mailing_id: accountId } });
  await run.control('PATCH', path, { email: 'moved@example.com' });
  await waitFor(
    'the new address',
    async () => (await accountOf('mailing', id))?.attributes.email === 'moved@example.com',
    PATIENCE_MS,
  );
  await run.control('PATCH', path, { blocked: true });
  await linkIn('mailing', id, { state: 'disabled' });
  expect(await accountOf('mailing', id)).toMatchObject({ active: false });
  await run.control('PATCH', path, { blocked: false });
  await linkIn('mailing', id, { state: 'linked' });
  expect(await accountOf('mailing', id)).toMatchObject({ accountId, active: true });
  await run.control('DELETE', path);
  await comeDue('mailing', await linkIn('mailing', id, { state: 'deprovisioning', next: 'disable' }));
  await waitFor('no account', async () => (await accountOf('mailing', id)) === undefined, PATIENCE_MS);
  const messages = (await shownBy('mailing')).messages.filter(({ data }) => data.user.user_id === id);
  expect(messages.map(({ type }) => type)).toEqual([
    ...['account.wanted', 'account.wanted', 'account.wanted-disabled', 'account.wanted-enabled'],
    ...['account.wanted-disabled', 'account.unwanted'],
  ]);
  expect(new Set(messages.map((message) => message.id)).size).toBe(messages.length);
});

test('systems behind buses are told the same, once more under the same id when an answer was lost', async () => {
  const fail = (system: string, fault: string) => run.control('POST', '/faults', { system, fault, times: 1 });
  await fail('payroll', 'throttled');
  await fail('lent', 'error-after');
  const { id, email } = await signUp();
  const { accountId } = await linkIn('payroll', id, { state: 'linked' });
  expect(await accountOf('payroll', id)).toMatchObject({ accountId, attributes: { email } });
  await linkIn('lent', id, { state: 'handed-over' });
  expect(await accountOf('lent', id)).toMatchObject({ active: true, attributes: { email } });
  const messages = (await shownBy('lent')).messages.filter(({ data }) => data.user.user_id === id);
  expect(messages).toMatchObject([{ type: 'account.wanted' }, { id: messages[0]?.id }]);
  expect(await run.control('GET', '/denials')).toEqual([]);
});

test('the people of a queue read it with a role of theirs, believe what is signed, and have no links', async () => {
  const { id } = await signUp();
  await linkIn('lent', id, { state: 'handed-over' });
  const { read, remove } = await aConsumer(run, SEARCH_ROLE, run.outputs.ConsumerQueueUrlSearch ?? '');
  const messages = await waitFor(
    'the event in the queue',
    async () => {
      const found = (await read()).filter(({ body }) => body.includes(`"${id}"`));
      return found.length > 0 && found;
    },
    PATIENCE_MS,
  );
  const keys = await ringOf(run);
  for (const { body, attributes } of messages) {
    const [webhook, accepted] = [parseWebhook(attributes.webhook), parseAccepted(attributes.accepted)];
    if (webhook === undefined || accepted === undefined) throw new Error('not as the contract says');
    const signed = { ...webhook, body, acceptedAt: accepted.at };
    expect(await verifyWithKeyRing(keys, signed)).toEqual({ ok: true, issuer: expect.any(String) });
    const forged = { ...signed, body: body.replace(id, 'auth0|somebody') };
    expect(await verifyWithKeyRing(keys, forged)).toEqual({ ok: false, code: 'signature-invalid' });
  }
  await remove(messages);
  expect((await run.links(id)).map(({ system }) => system)).not.toContain('search');
});

test('an erasure tells the queue that takes events, and says of a retired one what an operator says', async () => {
  const { id } = await signUp();
  await linkIn('lent', id, { state: 'handed-over' });
  const punctual = punctualOn(run);
  const words = ['erase', id, '--keep-auth0', '--yes'];
  const refused = await punctual.run([...words, '--json']);
  expect([refused.exitCode, JSON.parse(refused.stderr)]).toMatchObject([
    1,
    { error: { code: 'system-retired' } },
  ]);
  expect((await linkIn('lent', id, {})).erasure).toBeUndefined();
  const byHand = Object.keys(SYSTEMS).flatMap((name) => (name === 'search' ? [] : ['--by-hand', name]));
  const out = ['--out', join(run.directory, 'erased.jws')];
  expect(await punctual.ask(...words, ...byHand, ...out)).toMatchObject({
    exitCode: 0,
    json: { isErased: true },
  });
  const { json } = await punctual.ask<{ certificate: Certificate }>('erase', 'verify', ...out.slice(1));
  const said = (name: string) => json.certificate.systems.find(({ system }) => system === name);
  expect(said('archive')).toMatchObject({ byHand: true });
  expect(said('archive')).not.toHaveProperty('told');
  expect(said('search')).toMatchObject({ told: [{ requestId: expect.any(String) }] });
  const { read } = await aConsumer(run, SEARCH_ROLE, run.outputs.ConsumerQueueUrlSearch ?? '');
  const isRequest = ({ body }: { body: string }) =>
    body.includes(`"${id}"`) && body.includes('erase-requested');
  await waitFor('the request in the queue', async () => (await read()).some(isRequest), PATIENCE_MS);
  expect((await quarantined()).filter(({ body }) => body.includes(`"${id}"`))).toEqual([]);
});

test('nothing is sent to an address inside of a network, and the link says so', async () => {
  const { id } = await signUp();
  await linkIn('lost', id, { state: 'pending', code: 'target-refused' });
  expect((await shownBy('lost')).messages).toEqual([]);
});

test('a system that says nothing is noticed, and its later word still counts', async () => {
  await run.control('POST', '/remotes/silent/sign-off', { on: false });
  const { id } = await signUp();
  await comeDue('silent', await linkIn('silent', id, { state: 'handed-over' }));
  await linkIn('silent', id, { state: 'failed', code: 'sign-off-missing' });
  const account = await accountOf('silent', id);
  await signOff('mailing', 'silent', id);
  await waitFor('a forgery in quarantine', async () => (await quarantined()).length > 0, PATIENCE_MS);
  expect((await linkIn('silent', id, { state: 'failed' })).accountId).toBeUndefined();
  await signOff('silent', 'silent', id);
  await linkIn('silent', id, { state: 'linked', accountId: account?.accountId ?? '' });
});
