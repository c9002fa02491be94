import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { InvitationView } from '../../events/invitations/schemas';
import { type ABrowser, aBrowser, arrive, type Seen } from '../helpers/a-browser';
import { functionNamed } from '../helpers/disturb';
import { programsToken } from '../helpers/invite';
import { type LocalRun, waitFor } from '../helpers/local-run';
import { startLocalRunOf } from '../helpers/local-run-of';
import { usersAt as usersOf } from '../helpers/users-of-tenant';

const CONNECTION = 'Username-Password-Authentication';

let run: LocalRun;
let token: string;
let revoking: InvitationView;
let expiring: InvitationView;
/** Users of both. */
let ahead: string[];

beforeAll(async () => {
  run = await startLocalRunOf(
    {
      auth0: { kind: 'auth0' },
      crm: { kind: 'scim', baseUrl: 'https://crm.example.com/scim/v2', required: true },
    },
    {
      environment: {
        provisioningApi: {},
        invitations: {
          ...{ from: 'hello@example.com', client: 'accept', roles: { editor: 'rol_editor' } },
          applications: { shop: { clientId: 'demo', loginUri: 'https://shop.example.com/login' } },
          provisionOn: 'invite',
        },
      },
    },
  );
  token = await programsToken(run, 'read:invitations write:invitations');
  revoking = await invite('eve@example.com');
  const expiresAt = new Date(Date.now() + 6_000).toISOString();
  expiring = await invite('kim@example.com', { expiresAt });
  ahead = await Promise.all(['eve@example.com', 'kim@example.com'].map(invitedAhead));
});
afterAll(() => run?.stop());

async function call(method: string, path: string, body?: object): Promise<InvitationView> {
  const answer = await fetch(`${run.outputs.ProvisioningApiUrl}${path}`, {
    ...{ method, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' } },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const { invitation } = (await answer.json()) as { invitation: InvitationView };
  if (!answer.ok) throw new Error(`${method} ${path} answers ${answer.status}`);
  return invitation;
}

const invite = (email: string, more: object = {}) =>
  call('POST', 'invitations', { email, mode: 'precreate', roles: ['editor'], ...more });

const mailTo = (email: string) =>
  waitFor(`a mail to ${email}`, async () => {
    const mails = await run.control<{ to: string | readonly string[]; text: string }[]>('GET', '/mails');
    return mails.find(({ to }) => String(to) === email)?.text;
  });

interface User {
  readonly user_id: string;
  readonly email_verified: boolean;
  readonly app_metadata?: object;
}

const usersAt = (email: string) => usersOf<User>(run, email);

const linkedIn = (system: string, userId: string) =>
  waitFor(`${userId} in ${system}`, async () => {
    const links = await run.links(userId);
    return links.find((link) => link.system === system && link.state === 'linked');
  });

/** The user who is made for an invitation, once the mail is out and the account is there. */
async function invitedAhead(email: string): Promise<string> {
  await mailTo(email);
  const [{ user_id: userId } = { user_id: '' }] = await usersAt(email);
  await linkedIn('crm', userId);
  return userId;
}

const aVisitor = (): ABrowser => aBrowser(({ hostname }) => hostname === '127.0.0.1');

const PASSWORD = 'correct horse';

/** By the link of the mail, which leads to the login. */
async function choosePassword(browser: ABrowser, email: string): Promise<Seen> {
  const [, link = ''] = /(http:\S*reset-verify\S*)/.exec(await mailTo(email)) ?? [];
  expect((await browser.get(link)).text).toContain(email);
  const page = await browser.post(link, { password: PASSWORD });
  expect([page.url.origin, page.url.pathname]).toEqual([run.local.TenantUrl, '/u/login']);
  return page;
}

test('who has nothing yet gets accounts with the invitation, chooses a password, and finds role and wish at the first login', async () => {
  const email = 'ada@example.com';
  const { DemoAppUrl: demo } = run.local;
  const browser = aVisitor();
  await browser.post(`${demo}/offer`, { email, wish: 'A blue bicycle', ahead: 'yes' });
  await mailTo(email);
  const [made] = await usersAt(email);
  const userId = made?.user_id ?? '';
  expect(made).toMatchObject({ email_verified: false, app_metadata: { status: 'invited' } });
  await linkedIn('crm', userId);

  const page = await choosePassword(browser, email);
  const sent = await browser.post(page.url.href, { email, password: PASSWORD });
  const home = await arrive(browser, sent, demo ?? '');
  expect(home.url.href).toBe(`${demo}/`);
  expect(home.text).toContain('<span class="chip role">editor</span>');
  expect(home.text).toContain('<li class="wish">A blue bicycle</li>');
  const [user] = await usersAt(email);
  expect(user).toMatchObject({ email_verified: true });
  expect(user?.app_metadata).not.toHaveProperty('status');

  const accounts = await run.accounts('crm');
  expect(accounts.filter(({ userName }) => userName === email)).toHaveLength(1);
});

test('a role that takes longer than a login may last is waited for on the status page, and there when it ends', async () => {
  const email = 'may@example.com';
  const { DemoAppUrl: demo } = run.local;
  await invite(email);
  const browser = aVisitor();
  const page = await choosePassword(browser, email);
  const [{ user_id: userId } = { user_id: '' }] = await usersAt(email);
  await linkedIn('crm', userId);
  const resource = run.outputs.UserLinkTableName;
  const rule = { service: 'dynamodb', operation: 'PutItem', caller: 'auth0', resource };
  await run.control('POST', '/faults', { ...rule, when: 'before', effect: 'slow', delayMs: 2_000, times: 1 });
  const waiting = await browser.post(page.url.href, { email, password: PASSWORD });
  expect(waiting.text).toMatch(/data-system="auth0" data-standing="waiting"/);
  expect(waiting.text).toMatch(/data-system="crm" data-standing="ready"/);
  const home = await arrive(browser, waiting, demo ?? '');
  expect([home.url.href, home.text]).toEqual([`${demo}/`, expect.stringContaining('chip role')]);
}, 30_000);

test('who is there already and vouched for has the role at once, and nobody is made', async () => {
  const user = { user_id: 'auth0|grace', email: 'grace@example.com', email_verified: true };
  await run.emit({ connection: { id: 'con_1', name: CONNECTION, strategy: 'auth0' }, user });
  const { id } = await invite('Grace@example.com');
  await mailTo('Grace@example.com');
  expect(await call('GET', `invitations/${id}`)).toMatchObject({
    state: 'redeemed',
    precreation: 'finalized',
  });
  await linkedIn('auth0', 'auth0|grace');
  expect(await usersAt('grace@example.com')).toHaveLength(1);
});

/** What the clock does every five minutes. */
async function sweep(): Promise<void> {
  const { AwsEndpoint: endpoint, Region: region } = run.local;
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'operator' };
  const client = new LambdaClient({ endpoint, region, credentials, maxAttempts: 1 });
  const FunctionName = await functionNamed(run, 'LinkSweeper');
  await client.send(new InvokeCommand({ FunctionName })).finally(() => client.destroy());
}

test('an invitation that is revoked takes its user along and their account, and so does one that nobody accepts in time', async () => {
  // Some tenants have no event stream.
  await run.control('POST', '/event-stream', { deliveries: 0 });
  await call('POST', `invitations/${revoking.id}/revocation`);
  expect(await usersAt('eve@example.com')).toEqual([]);
  const ended = async () =>
    (await call('GET', `invitations/${expiring.id}`)).state === 'expired' || undefined;
  await waitFor('the end of the invitation', ended);
  await sweep();
  expect(await usersAt('kim@example.com')).toEqual([]);
  for (const userId of ahead) {
    const leaves = async () =>
      (await run.links(userId)).some(({ system, state }) => system === 'crm' && state !== 'linked');
    await waitFor(`the leaving of ${userId}`, async () => (await leaves()) || undefined);
  }
}, 60_000);
