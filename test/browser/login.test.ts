import type { BrowserContextOptions, Page } from 'playwright-core';
import type { LocalRun } from '../helpers/local-run';
import { startLocalRunOf } from '../helpers/local-run-of';
import { TestBrowser } from './helpers/browser';

const tests = new TestBrowser();

const scim = (name: string) => ({ kind: 'scim' as const, baseUrl: `https://${name}.example.com/scim/v2` });

let run: LocalRun;

beforeAll(async () => {
  run = await startLocalRunOf(
    {
      profile: { kind: 'profile', attributes: ['email'], required: true },
      video: { kind: 'profile', attributes: ['email'] },
      crm: { ...scim('crm'), label: 'Customer records', required: true },
      tickets: { ...scim('tickets'), label: 'Support tickets', required: true },
    },
    { jit: { connections: { github: false } }, login: { statusPage: { deadlineSeconds: 5, name: 'Acme' } } },
  );
});
afterEach(async () => {
  await run.control('DELETE', '/faults');
  await run.control('POST', '/remotes/tickets/up');
});
afterAll(() => run?.stop());

/** A person who begins a login in the demo application, and says at the provider who they are. */
async function comes(email: string, query: string, options: BrowserContextOptions = {}) {
  const context = await tests.context(options);
  const page = await context.newPage();
  const pages: string[] = [];
  page.on('framenavigated', (frame) => pages.push(frame.url()));
  await page.goto(`${run.local.DemoAppUrl}/login?${query}`);
  await page.getByLabel('E-mail address').fill(email);
  await page.getByRole('button', { name: 'Continue' }).first().click({ noWaitAfter: true });
  return { page, wasShown: () => pages.some((url) => url.startsWith(String(run.outputs.StatusPageUrl))) };
}

const isIn = (page: Page, email: string) => page.locator('#who', { hasText: email }).waitFor();

/** One of their accounts takes so long that they see it being made. */
const slow = () =>
  run.control('POST', '/faults', { system: 'tickets', fault: 'slow-body', delayMs: 1_500, times: 1 });

test('who comes by Google for the first time sees their accounts being made, and opens a ticket with one', async () => {
  await slow();
  const { page } = await comes('ada@example.com', 'connection=google-oauth2');
  await page.getByRole('heading', { name: 'Getting things ready for you' }).waitFor();
  expect(await page.locator('#systems li').count()).toBe(4);
  await page.locator('#count', { hasText: '2 of 3 ready' }).waitFor();
  expect(await page.locator('[data-system=tickets]').textContent()).toBe('Support tickets getting ready');
  await isIn(page, 'ada@example.com');
  await page.getByRole('button', { name: 'Open a ticket' }).click();
  expect(await page.getByRole('status').textContent()).toMatch(/^Ticket \S+ was opened for account /);
});

test('who returns goes to the application at once', async () => {
  const first = await comes('grace@example.com', 'connection=google-oauth2');
  await isIn(first.page, 'grace@example.com');
  const again = await comes('grace@example.com', 'connection=google-oauth2');
  await isIn(again.page, 'grace@example.com');
  expect(again.wasShown()).toBe(false);
});

test('who comes by a connection that brings no accounts sees nothing of all this', async () => {
  const { page, wasShown } = await comes('hopper@example.com', 'connection=github');
  await isIn(page, 'hopper@example.com');
  expect(wasShown()).toBe(false);
  expect(await page.textContent('body')).toContain('pass-through');
});

test('a system that is down keeps nobody beyond the deadline', async () => {
  await run.control('POST', '/remotes/tickets/down');
  const startedAt = Date.now();
  const { page } = await comes('joan@example.com', 'connection=google-oauth2&ui_locales=de');
  await page.getByRole('heading', { name: 'Wir richten alles für Sie ein' }).waitFor();
  await page.locator('#count', { hasText: '2 von 3 bereit' }).waitFor();
  await isIn(page, 'joan@example.com');
  expect(Date.now() - startedAt).toBeGreaterThan(4_000);
  expect(Date.now() - startedAt).toBeLessThan(9_000);
});

test('works the same without scripts', async () => {
  await slow();
  const { page } = await comes('ida@example.com', 'connection=google-oauth2', { javaScriptEnabled: false });
  await page.getByRole('heading', { name: 'Everything is ready' }).waitFor();
  await page.getByRole('button', { name: 'Continue' }).click();
  await isIn(page, 'ida@example.com');
});
