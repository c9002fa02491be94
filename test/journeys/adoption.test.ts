import { GetSecretValueCommand, ListSecretsCommand } from '@aws-sdk/client-secrets-manager';
import type { EventConnection } from '../../events/event-schema';
import { type LocalRun, waitFor } from '../helpers/local-run';
import { startLocalRunOf } from '../helpers/local-run-of';
import { punctualOn } from '../helpers/punctual';
import { aRegistration, getStore, postSigned, signedHeaders } from '../helpers/signed-post';

const DATABASE = { name: 'Username-Password-Authentication', strategy: 'auth0' };
const GOOGLE = { name: 'google-oauth2', strategy: 'google-oauth2' };
const ENTERPRISE = { name: 'evil-corp', strategy: 'samlp' };

let run: LocalRun;

beforeAll(async () => {
  run = await startLocalRunOf({
    crm: {
      kind: 'scim',
      baseUrl: 'https://crm.example.com/scim/v2',
      correlate: [{ attribute: 'emails.value' }, { attribute: 'userName', from: 'username' }],
      adopt: true,
    },
  });
}, 120_000);
afterAll(() => run?.stop());

interface Resource {
  readonly id: string;
  readonly userName: string;
  readonly externalId?: string;
}

/** Whoever writes into the system shows its token. */
async function token(): Promise<string> {
  const { SecretList = [] } = await run.aws.secrets.send(new ListSecretsCommand({}));
  const secret = SecretList.find(({ Description = '' }) => Description.startsWith('Bearer token for crm'));
  const { SecretString = '' } = await run.aws.secrets.send(
    new GetSecretValueCommand({ SecretId: secret?.ARN }),
  );
  return SecretString;
}

/** Somebody has worked in the system for years, with rights that one would like to have. */
async function anAccount(name: string): Promise<Resource> {
  const email = `${name}@example.com`;
  const body = {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    ...{ userName: name, displayName: `${name} of old`, active: true },
    ...{ emails: [{ value: email, primary: true }], roles: [{ value: 'administrator' }] },
  };
  const headers = { 'content-type': 'application/scim+json', authorization: `Bearer ${await token()}` };
  const url = `${run.local.Systems.crm}/Users`;
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  expect(answer.status).toBe(201);
  return (await answer.json()) as Resource;
}

async function nowOf({ id }: Resource): Promise<Resource> {
  return (await (await fetch(`${run.local.Systems.crm}/Users/${id}`)).json()) as Resource;
}

interface Coming {
  readonly type?: string;
  readonly connection?: EventConnection;
  readonly user?: object;
}

const beginnings = new Map<string, string>();

/** Tells of a user who comes with an address that is verified, unless something else is told. */
async function come(userId: string, email: string, { type, connection = DATABASE, user }: Coming = {}) {
  const event = await aRegistration(run, userId, { email, email_verified: true, ...user });
  // Who comes again is the same: a newer generation is another life.
  const created_at = beginnings.get(userId) ?? event.time;
  beginnings.set(userId, created_at);
  const told = { ...event, ...(type === undefined ? {} : { type, id: `${type}-${userId}` }) };
  const answer = await postSigned(run, {
    ...told,
    data: { user: { ...event.data.user, created_at }, connection },
  });
  expect(answer.status).toBe(202);
}

const linkOf = (userId: string, state: string) =>
  waitFor(`a ${state} link of ${userId}`, async () =>
    (await run.links(userId)).find((link) => link.state === state),
  );

describe('a stranger with the address of a victim', () => {
  let victim: Resource;
  beforeAll(async () => {
    victim = await anAccount('victim');
  });

  async function expectNothingReached(userId: string) {
    expect(await linkOf(userId, 'held')).toMatchObject({ code: 'conflict' });
    expect((await run.links(userId))[0]?.accountId).toBeUndefined();
    expect(await nowOf(victim)).toEqual(victim);
    const accounts = await run.accounts('crm');
    expect(accounts.filter(({ externalId }) => String(externalId).endsWith(userId))).toEqual([]);
  }

  test.each<[string, string, Coming]>([
    ['at a database that did not verify it', 'auth0|stranger-1', { user: { email_verified: false } }],
    ['at a social connection that says it did', 'google-oauth2|2', { connection: GOOGLE }],
    [
      'at an enterprise connection of their own that says it did',
      'samlp|evil-corp|3',
      { connection: ENTERPRISE },
    ],
    ['at a social connection, who comes by a linked database', 'google-oauth2|4', { connection: DATABASE }],
    [
      'who has proven another one, and takes the name',
      'auth0|stranger-6',
      { user: { email: 'eve@example.com', username: 'victim' } },
    ],
  ])('%s reaches no account, attribute or role of theirs', async (_, userId, coming) => {
    await come(userId, 'victim@example.com', coming);
    await expectNothingReached(userId);
  });

  test('over the plain interface reaches nothing of theirs', async () => {
    const userId = 'auth0|stranger-7';
    const message = JSON.stringify({ user_id: userId, email: 'victim@example.com', email_verified: true });
    expect((await getStore(run, { message }, await signedHeaders(run, message))).status).toBe(202);
    await expectNothingReached(userId);
  });
});

test('who proves the address at a database gets the account with what it has, and it is found by its externalId', async () => {
  const account = await anAccount('grace');
  await come('auth0|grace', 'grace@example.com', { user: { email_verified: false } });
  await linkOf('auth0|grace', 'held');
  expect(await nowOf(account)).toEqual(account);
  await come('auth0|grace', 'grace@example.com', { type: 'user.logged-in' });
  expect(await linkOf('auth0|grace', 'linked')).toMatchObject({
    accountId: account.id,
    ownership: 'adopted',
  });
  expect(await nowOf(account)).toMatchObject({
    externalId: 'punctual-dev.eu.auth0.com/dev/auth0|grace',
    roles: [{ value: 'administrator' }],
  });
});

test('of two users who prove one address at once exactly one gets the account', async () => {
  const account = await anAccount('twins');
  const users = ['auth0|twin-1', 'auth0|twin-2'];
  await Promise.all(users.map((user) => come(user, 'twins@example.com')));
  const links = await waitFor('both links', async () => {
    const found = (await Promise.all(users.map((user) => run.links(user)))).flat();
    return found.filter(({ state }) => state !== 'pending').length === 2 && found;
  });
  expect(links.map(({ state }) => state).toSorted()).toEqual(['held', 'linked']);
  const winner = links.find(({ state }) => state === 'linked');
  expect(winner?.accountId).toBe(account.id);
  expect((await nowOf(account)).externalId).toMatch(new RegExp(`${winner?.user_id?.replace('|', '\\|')}$`));
});

test('an operator says whose an account is, and the next event makes it theirs', async () => {
  const account = await anAccount('hopper');
  const userId = 'google-oauth2|hopper';
  await come(userId, 'hopper@example.com', { connection: GOOGLE });
  await linkOf(userId, 'held');
  const punctual = punctualOn(run);
  const of = [userId, '--system', 'crm'];
  const { stdout } = await punctual.run(['link', 'choose', ...of]);
  expect(stdout).toContain(`A rule found the account ${account.id}`);
  const chosen = ['--account', account.id, '--yes'];
  expect(await punctual.ask('link', 'choose', ...of, ...chosen)).toMatchObject({
    exitCode: 0,
    json: { becomes: 'pending' },
  });
  await come(userId, 'hopper@example.com', { type: 'user.logged-in', connection: GOOGLE });
  expect(await linkOf(userId, 'linked')).toMatchObject({ accountId: account.id, ownership: 'adopted' });
});
