import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { InvitationView } from '../../events/invitations/schemas';
import { aBrowser, arrive, onward, press } from '../helpers/a-browser';
import { functionNamed } from '../helpers/disturb';
import { invite, linkTo } from '../helpers/invite';
import { type LocalRun, waitFor } from '../helpers/local-run';
import { startLocalRunOf } from '../helpers/local-run-of';
import { handleOf, redeem } from '../helpers/redeem';

const GOOGLE = { name: 'google-oauth2', strategy: 'google-oauth2' };

let run: LocalRun;

beforeAll(async () => {
  run = await startLocalRunOf(
    { auth0: { kind: 'auth0' } },
    {
      // Two calls a second, of all functions together.
      tenantPlan: 'free',
      environment: {
        provisioningApi: {},
        invitations: {
          ...{ from: 'hello@example.com', client: 'accept', roles: { editor: 'rol_editor' } },
          applications: { shop: { clientId: 'demo', loginUri: 'https://shop.example.com/login' } },
        },
      },
    },
  );
}, 90_000);
afterAll(() => run?.stop());

const aVisitor = () => aBrowser(({ hostname }) => hostname === '127.0.0.1');

/** Somebody who is in the tenant, and how they are told of. */
async function aPerson(name: string, connection: object, address = `${name}@example.com`): Promise<object> {
  const user_id = `google-oauth2|${name}`;
  const user = { user_id, created_at: '2026-11-20T09:00:00.000Z', email: address, email_verified: true };
  await run.emit({ user, connection: { id: 'con_1', ...connection } });
  return user;
}

async function rowOf(id: string): Promise<InvitationView> {
  const { InvitationTableName } = run.outputs;
  const { Item } = await run.aws.dynamodb.send(
    new GetCommand({ TableName: InvitationTableName, Key: { id }, ConsistentRead: true }),
  );
  return Item as InvitationView;
}

const hasRole = (userId: string) =>
  waitFor(
    `the role of ${userId}`,
    async () => (await run.links(userId)).some(({ state }) => state === 'linked') || undefined,
    40_000,
  );

test('a link that somebody made up, cut short or took apart says no more than that it does not work', async () => {
  const id = await invite(run, { email: 'ada@example.com', roles: ['editor'] });
  const link = await linkTo(run, 'ada@example.com');
  const other = await linkTo(run, await another('bob@example.com'));
  const secretOf = (whole: string) => whole.slice(whole.indexOf('.', whole.indexOf('invitation=')) + 1);
  const wrong = [
    link.slice(0, -1),
    `${link.slice(0, -1)}${link.endsWith('A') ? 'Q' : 'A'}`,
    link.replace(secretOf(link), secretOf(other)),
    link.replace(/invitation=.*/, 'invitation='),
  ];
  for (const one of wrong) {
    const { text } = await aVisitor().get(one);
    expect(text).toContain('This link does not work');
    expect(text).not.toContain('ada@example.com');
  }
  expect(await rowOf(id)).toMatchObject({ state: 'open' });
  expect((await aVisitor().get(link)).text).toContain('Your invitation to');
});

async function another(email: string): Promise<string> {
  await invite(run, { email });
  return email;
}

test('by Google with another address comes who needs to hold the link alone, and nobody who needs the address', async () => {
  const person = await aPerson('hopper', GOOGLE, 'hopper@navy.example');
  const [free, bound] = await Promise.all([
    invite(run, { email: 'grace@example.com', roles: ['editor'], bind: 'none' }),
    invite(run, { email: 'grace@example.com', roles: ['editor'] }),
  ]);
  expect((await redeem(run, await rowOf(bound), person, GOOGLE)).outcome).toBe('wrong-account');
  expect((await redeem(run, await rowOf(free), person, GOOGLE)).outcome).toBe('redeemed');
  expect(await rowOf(bound)).toMatchObject({ state: 'open' });
  await hasRole('google-oauth2|hopper');
}, 60_000);

test('who never heard that they have it may ask again, and gets it all the same', async () => {
  const person = await aPerson('lost', GOOGLE);
  const id = await invite(run, { email: 'lost@example.com', roles: ['editor'], bind: 'none' });
  const caller = await functionNamed(run, 'InvitationPages');
  const resource = run.outputs.InvitationTableName;
  const written = { service: 'dynamodb', operation: 'PutItem', caller, resource, when: 'after' };
  await run.control('POST', '/faults', { ...written, effect: 'kill', times: 1 });
  expect((await redeem(run, await rowOf(id), person, GOOGLE)).outcome).toBeUndefined();
  expect(await rowOf(id)).toMatchObject({ state: 'redeemed' });
  const other = await aPerson('other', GOOGLE);
  expect((await redeem(run, await rowOf(id), other, GOOGLE)).outcome).toBe('invitation-used');
  expect((await redeem(run, await rowOf(id), person, GOOGLE)).outcome).toBe('redeemed');
  await hasRole('google-oauth2|lost');
}, 60_000);

test('roles that Auth0 gives no faster come all of them, and nobody is told no', async () => {
  const names = ['ann', 'ben', 'cid'];
  await Promise.all(
    names.map(async (name) => {
      const person = await aPerson(name, GOOGLE);
      const id = await invite(run, { email: `${name}@example.com`, roles: ['editor'], bind: 'none' });
      expect((await redeem(run, await rowOf(id), person, GOOGLE)).outcome).toBe('redeemed');
    }),
  );
  await Promise.all(names.map((name) => hasRole(`google-oauth2|${name}`)));
}, 90_000);

test('a login goes on while nobody can redeem, and the next one brings what it was for', async () => {
  const { DemoAppUrl: demo } = run.local;
  const id = await invite(run, { email: 'kim@example.com', roles: ['editor'], bind: 'none' });
  const handle = await handleOf(run, await rowOf(id));
  const pages = await functionNamed(run, 'InvitationPages');
  await run.control('POST', `/functions/${pages}/throttle`, { seconds: 3_600 });
  const browser = aVisitor();
  const provider = await browser.get(`${demo}/login?connection=google-oauth2&ext-invitation=${handle}`);
  const home = await browser.post(provider.url.href, { email: 'kim@example.com' });
  expect([home.url.href, home.text]).toEqual([`${demo}/`, expect.stringContaining('kim@example.com')]);
  expect(await rowOf(id)).toMatchObject({ state: 'open' });

  await run.control('POST', `/functions/${pages}/throttle`, { seconds: 0 });
  const next = await arrive(browser, await browser.get(`${demo}/login`), demo ?? '');
  expect([next.url.href, next.text]).toEqual([`${demo}/`, expect.stringContaining('chip role')]);
  expect(await rowOf(id)).toMatchObject({ state: 'redeemed' });
}, 60_000);

test('who has an account already accepts with it, and the same link is used up for others', async () => {
  const { DemoAppUrl: demo } = run.local;
  const browser = aVisitor();
  const provider = await browser.get(`${demo}/login?connection=google-oauth2`);
  await browser.post(provider.url.href, { email: 'zoe@example.com' });
  await invite(run, { email: 'zoe@example.com', roles: ['editor'], bind: 'none' });
  const link = await linkTo(run, 'zoe@example.com');
  const opened = await onward(browser, await browser.get(link));
  expect(opened.text).toContain('zoe@example.com');
  const home = await onward(browser, await press(browser, opened));
  expect([home.url.href, home.text]).toEqual([`${demo}/`, expect.stringContaining('chip role')]);
  const late = aVisitor();
  expect((await onward(late, await late.get(link))).text).toContain('This invitation was used already');
}, 60_000);
