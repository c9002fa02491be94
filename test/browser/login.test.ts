import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { decodeJwt, SignJWT, UnsecuredJWT } from 'jose';
import type { BrowserContext } from 'playwright-core';
import type { ConfigurationInput } from '../../lib/configuration';
import { type LocalRun, waitFor } from '../helpers/local-run';
import { startLocalRunOf } from '../helpers/local-run-of';
import { snapshotOf, statusToken } from '../helpers/status-page';
import { warmStatus } from '../helpers/warm-status';
import { TestBrowser } from './helpers/browser';
import { aVisitor, type Visitor } from './helpers/visitor';

const tests = new TestBrowser();

const scim = (name: string) => ({ kind: 'scim' as const, baseUrl: `https://${name}.example.com/scim/v2` });
const SYSTEMS = {
  profile: { kind: 'profile', attributes: ['email'], required: true },
  video: { kind: 'profile', attributes: ['email'] },
  crm: { ...scim('crm'), label: 'Customer records' },
  tickets: { ...scim('tickets'), label: 'Support tickets', required: true },
} satisfies ConfigurationInput['systems'];
const DEADLINE_MS = 5_000;

let run: LocalRun;

beforeAll(async () => {
  run = await startLocalRunOf(SYSTEMS, {
    jit: { connections: { github: false } },
    // Nobody waits for their turn in the tests.
    login: { rampHours: 0, statusPage: { deadlineSeconds: DEADLINE_MS / 1000, name: 'Acme' } },
    environment: { provisioningApi: {} },
  });
  await warmStatus(run);
}, 120_000);
afterEach(async () => {
  await run.control('DELETE', '/faults');
  await ticketsAreUp();
});
afterAll(() => run?.stop());

const visitor = async (options = {}) => aVisitor(await tests.context(options), run);
const system = (page: Visitor['page'], name: string, standing: string) =>
  page.locator(`[data-system=${name}][data-standing=${standing}]`).waitFor();

/** The tickets system makes the account, and says so late. */
const ticketsAreSlow = (delayMs: number) =>
  run.control('POST', '/faults', { system: 'tickets', fault: 'slow-body', operation: 'POST', delayMs });
const ticketsAreUp = () => run.control('POST', '/remotes/tickets/up');
const ticketsAreDown = () => run.control('POST', '/remotes/tickets/down');

const hasAll = async (userId: string) =>
  (await run.links(userId)).filter(({ state }) => state === 'linked').length === 4;

/** How the calls ended that the Action made at logins: it says so in its log, and nothing of one without any. */
async function codes(): Promise<string[]> {
  const { 'auth0-action': lines = [] } = await run.logs();
  return lines.flatMap((line) => /"punctual":"post-login".*"code":"([^"]+)"/.exec(line)?.[1] ?? []);
}

test('who comes for the first time waits for the required account, goes on by themselves and opens a ticket', async () => {
  await ticketsAreSlow(1_000);
  const grace = await visitor();
  await grace.come('grace@example.com');
  await grace.inApplication();
  expect(grace.places).toEqual(['tenant', 'status page', 'application']);
  expect(grace.watched).toEqual({ foreign: [], errors: [] });
  expect(await grace.provisioning()).toMatchObject({
    state: expect.stringMatching(/^(ready|requested)$/),
    ready: expect.arrayContaining(['tickets']),
  });

  await grace.page.getByRole('button', { name: 'Open a ticket' }).click();
  const said = (await grace.page.getByRole('status').textContent()) ?? '';
  const links = await run.links(await grace.userId());
  expect(links.map((link) => link.system).toSorted()).toEqual(['crm', 'profile', 'tickets', 'video']);
  const account = links.find((link) => link.system === 'tickets')?.accountId;
  expect(said).toContain(`was opened for account ${account}.`);
});

test('who has to wait sees each account come, live, and goes on the moment that the required one is there', async () => {
  await ticketsAreSlow(2_500);
  const ida = await visitor();
  await ida.come('ida@example.com', 'google-oauth2&ui_locales=de');
  await ida.onStatusPage();
  const { page } = ida;
  await page.getByRole('heading', { name: 'Wir richten alles für Sie ein' }).waitFor();
  await page.locator('#systems li').nth(3).waitFor();
  await system(page, 'tickets', 'waiting');
  for (const name of ['profile', 'video', 'crm']) await system(page, name, 'ready');
  await page.locator('#count', { hasText: '1 von 2 bereit' }).waitFor();
  await ida.inApplication();
  // Nothing of that was a page loaded anew.
  expect(ida.places).toEqual(['tenant', 'status page', 'application']);
  expect(ida.watched).toEqual({ foreign: [], errors: [] });
  expect(await ida.provisioning()).toEqual({
    state: 'ready',
    ready: expect.arrayContaining(['profile', 'video', 'crm', 'tickets']),
  });
  // Who is ready is asked about no more, and sees no page.
  await ida.comeAgain();
  expect(ida.places.slice(3)).toEqual(['application']);
  expect(await ida.provisioning()).toEqual({ state: 'ready' });
});

test('who comes back before all is there is asked about once, and then no more', async () => {
  await run.control('POST', '/remotes/crm/down');
  const joan = await visitor();
  await joan.come('joan@example.com');
  await joan.inApplication();
  expect(await joan.provisioning()).toMatchObject({ state: 'requested' });
  await run.control('POST', '/remotes/crm/up');
  const userId = await joan.userId();
  await waitFor('all accounts', () => hasAll(userId));
  const before = (await codes()).length;
  await joan.comeAgain();
  expect(await joan.provisioning()).toMatchObject({ state: 'ready', ready: expect.any(Array) });
  await waitFor('a question', async () => (await codes()).length > before);
  await joan.comeAgain();
  // Which systems are ready only an answer says.
  expect(await joan.provisioning()).toEqual({ state: 'ready' });
  expect((await codes()).slice(before)).toEqual(['answered']);
  expect(joan.places.slice(-2)).toEqual(['application', 'application']);
});

describe('a required system that is down', () => {
  test('keeps nobody longer than the deadline: with scripts, after a reload, and without scripts', async () => {
    await ticketsAreDown();
    const [kay, lin, mae] = [await visitor(), await visitor(), await visitor({ javaScriptEnabled: false })];
    const startedAt = performance.now();
    await Promise.all([waits(kay), reloads(lin), presses(mae)]);
    const tookMs = performance.now() - startedAt;
    expect(tookMs).toBeGreaterThan(DEADLINE_MS - 500);
    // Pages come late on a busy machine; without a deadline they would never go on.
    expect(tookMs).toBeLessThan(4 * DEADLINE_MS);
    for (const one of [kay, lin, mae]) {
      const told = (await one.provisioning()) as { state: string; ready: string[] };
      expect(told).toEqual({ state: 'requested', ready: expect.arrayContaining(['profile']) });
      expect(told.ready).not.toContain('tickets');
    }
  });

  async function waits(one: Visitor): Promise<void> {
    await one.come('kay@example.com');
    await one.inApplication();
    expect(one.watched).toEqual({ foreign: [], errors: [] });
  }

  async function reloads(one: Visitor): Promise<void> {
    await one.come('lin@example.com');
    await one.onStatusPage();
    await one.page.locator('#card').waitFor();
    await one.page.reload();
    await one.inApplication();
    expect(one.places).toEqual(['tenant', 'status page', 'status page', 'application']);
  }

  async function presses(one: Visitor): Promise<void> {
    await one.come('mae@example.com');
    await one.onStatusPage();
    await one.page.getByRole('heading', { name: 'You can continue' }).waitFor();
    await one.page.getByRole('button', { name: 'Continue' }).click();
    await one.inApplication();
  }

  test('keeps nobody who presses the button, in each of two tabs', async () => {
    await ticketsAreDown();
    const context = await tests.context();
    const [one, other] = [await aVisitor(context, run), await aVisitor(context, run)];
    for (const tab of [one, other]) {
      await tab.come('nan@example.com');
      await tab.onStatusPage();
      await system(tab.page, 'profile', 'ready');
    }
    for (const tab of [one, other]) {
      await tab.page.getByRole('button').click({ noWaitAfter: true });
      await tab.inApplication();
      expect(await tab.provisioning()).toMatchObject({ state: 'requested' });
    }
    // Back to a page of a login that is over: it says so, and leads to the application.
    await one.page.goBack();
    await one.page.getByRole('heading', { name: 'This sign-in has already continued' }).waitFor();
    await one.page.getByRole('link', { name: 'Back to the application' }).click();
    await one.inApplication();
  });
});

test('who was there before a system is asked for anew, and waits for that one alone', async () => {
  const olga = await visitor();
  await olga.come('olga@example.com');
  await olga.inApplication();
  const userId = await olga.userId();
  await waitFor('all accounts', () => hasAll(userId));
  // As if the tickets system had come since.
  const [link] = (await run.links(userId)).filter((one) => one.system === 'tickets');
  await run.aws.dynamodb.send(
    new DeleteCommand({
      TableName: run.outputs.UserLinkTableName,
      Key: { userRef: link?.userRef, system: 'tickets' },
    }),
  );
  await ticketsAreDown();
  await run.control('PATCH', `/users/${encodeURIComponent(userId)}`, {
    app_metadata: { punctual: { rev: 'earlier', state: 'ready' } },
  });
  await olga.comeAgain();
  await olga.onStatusPage();
  await system(olga.page, 'tickets', 'waiting');
  await system(olga.page, 'crm', 'ready');
  await ticketsAreUp();
  await olga.inApplication();
  expect(await olga.provisioning()).toMatchObject({ state: 'ready' });
});

describe('a return that is not of this login says nothing, and the login goes on', () => {
  const returnsWith: [string, (login: Waiting, other: Waiting) => Promise<string> | string][] = [
    ['the token of another login of theirs', (_, other) => other.returnToken],
    ['the token of somebody who is ready, made for this login', ({ state }) => returnOfAReadyOne(state)],
    ['the token that led to the page', ({ sessionToken }) => sessionToken],
    ['a ticket', async ({ sessionToken }) => (await snapshotOf(run, sessionToken)).ticket],
    ['a token that says more, signed by somebody else', ({ returnToken }) => forged(returnToken)],
    ['a token that says more, unsigned', ({ returnToken }) => unsigned(returnToken)],
    ['none at all', () => ''],
  ];

  /** Somebody who is ready. */
  let ready: string;

  beforeAll(async () => {
    const ada = await visitor();
    await ada.come('ada@example.com');
    await ada.inApplication();
    ready = await ada.userId();
    await waitFor('all accounts', () => hasAll(ready));
  });

  test.each(returnsWith)('%s', async (_, token) => {
    await ticketsAreDown();
    const context = await tests.context();
    const [one, other] = [await waiting(context), await waiting(context)];
    const address = `${run.local.TenantUrl}/continue?state=${one.state}`;
    const before = await badReturns();
    const answer = await context.request.post(address, { form: { punctual_token: await token(one, other) } });
    expect(answer.url()).toBe(`${run.local.DemoAppUrl}/`);
    const { page, provisioning } = await aVisitor(context, run);
    await page.goto(answer.url());
    expect(await provisioning()).toEqual({ state: 'requested' });
    // The log comes after the answer.
    await waitFor('the Action to say so', async () => (await badReturns()) === before + 1);
  });

  const badReturns = async () => (await codes()).filter((code) => code === 'bad-return').length;

  interface Waiting {
    readonly state: string;
    readonly sessionToken: string;
    readonly returnToken: string;
  }

  async function waiting(context: BrowserContext): Promise<Waiting> {
    const eve = await aVisitor(context, run);
    await eve.come('eve@example.com');
    await eve.onStatusPage();
    const returnToken = (await eve.page.locator('#token').getAttribute('value')) ?? '';
    const { searchParams } = new URL(eve.page.url());
    // The test goes on in its place.
    await eve.page.close();
    const [state = '', sessionToken = ''] = ['state', 'session_token'].map(
      (name) => searchParams.get(name) ?? '',
    );
    return { state, sessionToken, returnToken };
  }

  /** Who has the status token of somebody else gets return tokens that are good in every other way. */
  async function returnOfAReadyOne(state: string): Promise<string> {
    const { returnToken } = await snapshotOf(run, await statusToken(run, ready), state);
    expect(decodeJwt(returnToken)).toMatchObject({ all: true, sub: ready, state });
    return returnToken;
  }

  const saysMore = (token: string) => ({
    ...decodeJwt(token),
    ...{ all: true, ready: ['profile', 'video', 'crm', 'tickets'], failed: [], waiting: [] },
  });
  const forged = (token: string) =>
    new SignJWT(saysMore(token)).setProtectedHeader({ alg: 'HS256' }).sign(new Uint8Array(32));
  const unsigned = (token: string) => new UnsecuredJWT(saysMore(token)).encode();
});

test('who comes by a connection that brings no accounts sees nothing of all this, and nobody is told', async () => {
  const sue = await visitor();
  const before = (await codes()).length;
  await sue.come('sue@example.com', 'github');
  await sue.inApplication();
  expect(sue.places).toEqual(['tenant', 'application']);
  expect(await sue.provisioning()).toEqual({ state: 'pass-through' });
  expect((await codes()).slice(before)).toEqual([]);
  await sue.page.getByRole('button', { name: 'Open a ticket' }).click();
  await sue.page.getByText('There is no account').waitFor();
});

test('a page with a token that leads elsewhere has no way on', async () => {
  const { page, watched } = await tests.open('about:blank');
  const { origin } = new URL(run.outputs.StatusPageUrl ?? '');
  const payload = decodeJwt(await statusToken(run, 'auth0|eve', { origin: 'https://evil.example' }));
  const token = await new SignJWT(payload).setProtectedHeader({ alg: 'HS256' }).sign(new Uint8Array(32));
  await page.goto(`${origin}/?session_token=${token}&state=state-1`);
  await page.getByRole('heading', { name: 'This link does not work' }).waitFor();
  expect(await page.locator('form, a').count()).toBe(0);
  expect(watched.foreign).toEqual([]);
});

test('nobody is sent away from a host that is none of the tenant', async () => {
  await ticketsAreDown();
  const context = await tests.context();
  const pat = await aVisitor(context, run);
  const begun = await context.request.get(`${run.local.DemoAppUrl}/login?connection=google-oauth2`, {
    maxRedirects: 0,
  });
  const elsewhere = new URL(begun.headers().location ?? '');
  elsewhere.hostname = 'localhost';
  await pat.page.goto(elsewhere.href);
  await pat.page.getByLabel('E-mail address').fill('pat@example.com');
  await pat.page.getByRole('button', { name: 'Continue' }).click();
  await pat.inApplication();
  expect(pat.places).not.toContain('status page');
  expect(await pat.provisioning()).toEqual({ state: 'requested' });
});
