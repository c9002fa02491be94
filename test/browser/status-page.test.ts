import type { Page } from 'playwright-core';
import { waitFor } from '../helpers/wait-for';
import { TestBrowser } from './helpers/browser';
import type { StandIn } from './helpers/stand-in';

const tests = new TestBrowser();

const line = (page: Page, system: string) => page.locator(`[data-system="${system}"]`);
const arrived = (page: Page, standIn: StandIn) => page.waitForURL(`${standIn.login.app}/callback?code=1`);
/** The socket has answered: what is pushed from now on is heard. */
const listening = (standIn: StandIn) => waitFor('socket', async () => standIn.tokens > 1);

test('shows each system as it becomes ready, and goes on to the application the moment all are', async () => {
  const standIn = await tests.standIn();
  const { page, watched } = await tests.open(standIn.page());
  expect(await line(page, 'crm').textContent()).toBe('Customer records getting ready');
  expect(await page.locator('#count').textContent()).toBe('1 of 3 ready');
  await listening(standIn);
  standIn.push('crm', 'ready');
  await page.locator('#count', { hasText: '2 of 3 ready' }).waitFor();
  expect(await line(page, 'crm').textContent()).toBe('Customer records ready');
  standIn.push('tickets', 'ready');
  await arrived(page, standIn);
  // The newest token, which says that all are ready: not the one that the page came with.
  expect(standIn.login.arrivals).toEqual([{ token: `return-${standIn.tokens}`, state: 'state-1' }]);
  expect(standIn.tokens).toBe(3);
  expect(watched).toEqual({ foreign: [], errors: [] });
});

test('goes on at the deadline of the server though a system is slow, also over a reload', async () => {
  const standIn = await tests.standIn({ deadlineMs: 4_000 });
  const startedAt = Date.now();
  const { page } = await tests.open(standIn.page());
  expect(await page.locator('#limit').textContent()).toMatch(
    /^You continue in [1-4] seconds? at the latest\.$/,
  );
  await page.reload();
  await arrived(page, standIn);
  expect(Date.now() - startedAt).toBeGreaterThan(3_800);
  expect(standIn.login.arrivals).toHaveLength(1);
});

test('goes on at once when the deadline was over before it came', async () => {
  const standIn = await tests.standIn({ deadlineMs: -1 });
  const { page } = await tests.open(standIn.page());
  await arrived(page, standIn);
  expect(standIn.login.arrivals).toEqual([{ token: 'return-1', state: 'state-1' }]);
});

test('goes on when the person says so, once however often they press', async () => {
  const standIn = await tests.standIn();
  const { page } = await tests.open(standIn.page());
  await page.locator('#button', { hasText: 'Continue without waiting' }).dblclick({ noWaitAfter: true });
  await arrived(page, standIn);
  expect(standIn.login.arrivals).toHaveLength(1);
});

test('says what failed, gives time to read it and goes on', async () => {
  const standIn = await tests.standIn({ deadlineMs: 1_000 });
  const { page } = await tests.open(standIn.page());
  await listening(standIn);
  standIn.push('tickets', 'ready');
  standIn.push('crm', 'failed');
  const failedAt = Date.now();
  await page.getByRole('heading', { name: 'Not everything could be finished' }).waitFor();
  expect(await line(page, 'crm').textContent()).toBe('Customer records could not be finished');
  expect(await page.locator('#limit').textContent()).toMatch(/^You continue in [1-4] seconds?\.$/);
  await arrived(page, standIn);
  expect(Date.now() - failedAt).toBeGreaterThan(3_800);
});

test('lets a person who has read what failed skip the rest', async () => {
  const systems = [{ name: 'crm', label: 'CRM', required: true, standing: 'failed' }] as const;
  const standIn = await tests.standIn({ systems });
  const page = await (await tests.context()).newPage();
  // Time stands still on the page, so that it cannot go on by itself.
  await page.clock.install({ time: 0 });
  await page.clock.pauseAt(1_000);
  await page.goto(standIn.page());
  await page.getByText('You continue in 4 seconds.').waitFor();
  await page.getByRole('button', { name: 'Continue' }).click();
  await arrived(page, standIn);
});

test('stays where a failure stops the login, until the person ends it', async () => {
  const systems = [{ name: 'crm', label: 'CRM', required: true, standing: 'failed' }] as const;
  const standIn = await tests.standIn({ systems, onFailed: 'stop', deadlineMs: 300 });
  const { page } = await tests.open(standIn.page());
  await page.getByRole('heading', { name: 'We cannot sign you in just now' }).waitFor();
  await page.waitForTimeout(700);
  expect(standIn.login.arrivals).toEqual([]);
  await page.getByRole('button', { name: 'End sign-in' }).click();
  await arrived(page, standIn);
  expect(standIn.login.arrivals).toHaveLength(1);
});
