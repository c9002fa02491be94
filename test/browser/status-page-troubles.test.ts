import type { Page } from 'playwright-core';
import { waitFor } from '../helpers/wait-for';
import { TestBrowser } from './helpers/browser';
import type { StandIn } from './helpers/stand-in';

const tests = new TestBrowser();

const arrived = (page: Page, standIn: StandIn) => page.waitForURL(`${standIn.login.app}/callback?code=1`);
const heading = (page: Page, name: string) => page.getByRole('heading', { name }).waitFor();

test.each(['no-socket', 'silent-socket'] as const)('asks every 2 s with %s', async (trouble) => {
  const standIn = await tests.standIn();
  standIn.trouble = trouble;
  const { page } = await tests.open(standIn.page());
  standIn.push('crm', 'ready');
  standIn.push('tickets', 'ready');
  await arrived(page, standIn);
  expect(standIn.snapshots).toBe(1);
});

test('says that the connection is lost, and that it is back', async () => {
  const standIn = await tests.standIn();
  const { page } = await tests.open(standIn.page());
  await waitFor('socket', async () => standIn.tokens > 1);
  standIn.breakDown();
  await page.getByText('The connection is interrupted. We keep trying.').first().waitFor();
  standIn.trouble = 'none';
  await page.locator('#trouble').waitFor({ state: 'hidden' });
  // On a new socket, with a new ticket.
  const before = standIn.snapshots;
  await waitFor('socket', async () => standIn.listeners > 0);
  standIn.push('crm', 'ready');
  await page.locator('#count', { hasText: '2 of 3 ready' }).waitFor();
  expect(standIn.snapshots).toBe(before);
});

test('goes on at the deadline with what it has when the connection stays lost', async () => {
  const standIn = await tests.standIn({ deadlineMs: 1_500 });
  const { page } = await tests.open(standIn.page());
  await waitFor('socket', async () => standIn.tokens > 1);
  standIn.breakDown();
  await arrived(page, standIn);
  expect(standIn.login.arrivals).toEqual([{ token: 'return-2', state: 'state-1' }]);
});

test('says that it has expired and leads back to the application', async () => {
  const standIn = await tests.standIn();
  standIn.trouble = 'no-socket';
  const { page } = await tests.open(standIn.page());
  standIn.trouble = 'expired';
  await heading(page, 'This page has expired');
  await page.getByRole('link', { name: 'Back to the application' }).click();
  await heading(page, 'The application');
  expect(standIn.login.arrivals).toEqual([]);
});

test('leads nobody forward again who comes back, and lets them go on by hand', async () => {
  const standIn = await tests.standIn();
  const { page } = await tests.open(standIn.page());
  await page.getByRole('button').click();
  await arrived(page, standIn);
  await page.goBack();
  await heading(page, 'This sign-in has already continued');
  expect(await page.getByRole('link', { name: 'Back to the application' }).isVisible()).toBe(true);
  await page.reload();
  await heading(page, 'This sign-in has already continued');
  expect(standIn.login.arrivals).toHaveLength(1);
  await page.getByRole('button', { name: 'Continue' }).click();
  await heading(page, 'Invalid state');
  // A new login in the same tab is another story.
  await page.goto(standIn.page('state-2'));
  await heading(page, 'Getting things ready for you');
});

test('goes on in each of two tabs', async () => {
  const standIn = await tests.standIn();
  const context = await tests.context();
  const [first, second] = [await context.newPage(), await context.newPage()];
  await first.goto(standIn.page());
  await second.goto(standIn.page());
  await waitFor('sockets', async () => standIn.listeners === 2 && standIn.tokens === 4);
  standIn.push('crm', 'ready');
  standIn.push('tickets', 'ready');
  await waitFor('both', async () => standIn.login.arrivals.length === 2);
  const titles = await waitFor('pages', async () => {
    const found = [await first.textContent('h1'), await second.textContent('h1')].toSorted();
    return found.every((text) => /Invalid|application/.test(text ?? '')) && found;
  });
  expect(titles).toEqual(['Invalid state', 'The application']);
});

test('says so when the browser does not let the login go on, and leads back', async () => {
  const standIn = await tests.standIn({ deadlineMs: -1, app: 'https://elsewhere.example' });
  // It goes on before it is loaded, and is never loaded then.
  const { page, watched } = await tests.open(standIn.page(), {}, 'commit');
  await heading(page, 'This takes longer than it should');
  expect(await page.getByRole('link', { name: 'Back to the application' }).getAttribute('href')).toBe(
    'https://elsewhere.example',
  );
  expect(watched.errors.join()).toMatch(/form-action/);
});

test('works without scripts: it loads itself again, keeps the deadline, and its button leads on', async () => {
  const standIn = await tests.standIn({ deadlineMs: 2_500 });
  const { page } = await tests.open(standIn.page(), { javaScriptEnabled: false });
  standIn.push('crm', 'ready');
  await page.getByText('2 of 3 ready').waitFor();
  await heading(page, 'You can continue');
  await page.getByRole('button', { name: 'Continue' }).press('Enter');
  await arrived(page, standIn);
  expect(standIn.login.arrivals).toEqual([{ token: `return-${standIn.tokens}`, state: 'state-1' }]);
});

test('makes sense without scripts when a login is stopped', async () => {
  const systems = [{ name: 'crm', label: 'CRM', required: true, standing: 'failed' }] as const;
  const standIn = await tests.standIn({ systems, onFailed: 'stop' });
  const { page } = await tests.open(standIn.page(), { javaScriptEnabled: false });
  await heading(page, 'We cannot sign you in just now');
  await page.getByRole('button', { name: 'End sign-in' }).click();
  await arrived(page, standIn);
});
