import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Page } from 'playwright-core';
import type { ConfigurationInput } from '../../lib/configuration';
import { invite, linkTo } from '../helpers/invite';
import { type LocalRun, waitFor } from '../helpers/local-run';
import { startLocalRunOf } from '../helpers/local-run-of';
import { warmStatus } from '../helpers/warm-status';
import { TestBrowser, watch } from './helpers/browser';
import { aVisitor } from './helpers/visitor';

const tests = new TestBrowser();

const SYSTEMS = {
  auth0: { kind: 'auth0' },
  profile: { kind: 'profile', attributes: ['email'] },
  tickets: { kind: 'scim', baseUrl: 'https://tickets.example.com/scim/v2', required: true },
} satisfies ConfigurationInput['systems'];

let run: LocalRun;

beforeAll(async () => {
  run = await startLocalRunOf(SYSTEMS, {
    login: { rampHours: 0 },
    environment: {
      provisioningApi: {},
      invitations: {
        ...{ from: 'Acme <hello@acme.com>', client: 'accept', roles: { editor: 'rol_editor' } },
        applications: {
          shop: { clientId: 'demo', loginUri: 'https://shop.acme.com/login', label: 'Acme Shop' },
        },
      },
    },
  });
  await warmStatus(run);
  // Long enough for each first login to see the status page, and for the role to be there before it is left.
  const slow = { system: 'tickets', fault: 'slow-body', operation: 'POST', delayMs: 1_000 };
  await run.control('POST', '/faults', slow);
}, 120_000);
afterAll(() => run?.stop());

const inApplication = (page: Page) => page.waitForURL(`${run.local.DemoAppUrl}/`);
const role = (page: Page) => page.locator('.chip.role').first().textContent();

async function comeByGoogle(page: Page, email: string): Promise<void> {
  await page.getByRole('button', { name: 'Continue with Google' }).click();
  await page.getByLabel('E-mail address').fill(email);
  await page.getByRole('button', { name: 'Continue', exact: true }).click({ noWaitAfter: true });
}

test('who never was here comes from the mail into their role, by Google with another address, without JavaScript', async () => {
  await invite(run, { email: 'grace@example.com', roles: ['editor'], bind: 'none' });
  const page = await (await tests.context({ javaScriptEnabled: false })).newPage();
  const watched = watch(page);
  await page.goto(await linkTo(run, 'grace@example.com'));
  await page.getByRole('heading', { name: 'Your invitation to Acme Shop' }).waitFor();
  expect(new URL(page.url()).search).toMatch(/^\?flow=[\w-]{22}$/);
  await page.getByRole('button', { name: 'Accept and sign in' }).click();
  await comeByGoogle(page, 'hopper@navy.example');
  await page.getByRole('heading', { name: 'Everything is ready' }).waitFor();
  await page.getByRole('button', { name: 'Continue' }).click({ noWaitAfter: true });
  await inApplication(page);
  expect(await page.locator('#who').textContent()).toBe('hopper@navy.example');
  expect(await role(page)).toBe('editor');
  expect(watched).toEqual({ foreign: [], errors: [] });
});

test('who left a wish before they logged in finds it back with their role, also where somebody else was signed in', async () => {
  const context = await tests.context();
  const eve = await aVisitor(context, run);
  await eve.come('eve@example.net');
  await eve.inApplication();
  const { page } = eve;
  await page.goto(`${run.local.DemoAppUrl}/offer`);
  await page.getByLabel('Your e-mail address').fill('ada@example.com');
  await page.getByLabel('What are you looking for?').fill('Red shoes');
  await page.getByRole('button', { name: 'Send' }).click();

  await page.goto(await linkTo(run, 'ada@example.com'));
  await page.getByText('Signed in as').waitFor();
  await page.getByText('eve@example.net').waitFor();
  await page.getByRole('button', { name: 'Accept with this account' }).click();
  await page.getByRole('heading', { name: 'This invitation is for another account' }).waitFor();

  await page.getByRole('button', { name: 'Use another account' }).click();
  await comeByAddress(page, 'ada@example.com');
  await inApplication(page);
  // In the login of each of them. Browsers refuse whoever left it by its form each redirect to a third place.
  expect(eve.places.filter((place) => place === 'status page')).toHaveLength(2);
  expect(await page.locator('#who').textContent()).toBe('ada@example.com');
  expect(await role(page)).toBe('editor');
  expect(await page.locator('.wish').allTextContents()).toEqual(['Red shoes']);
  expect(eve.watched).toEqual({ foreign: [], errors: [] });
});

/** Signs up with a password, and confirms the address meanwhile. */
async function comeByAddress(page: Page, email: string): Promise<void> {
  await page.getByRole('link', { name: 'Sign up' }).click();
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill('correct horse battery');
  await page.getByRole('button', { name: 'Sign up' }).click();
  await page.getByRole('heading', { name: 'Please confirm your e-mail address first' }).waitFor();
  await confirmAddress();
  await page.getByRole('button', { name: 'Try again' }).click({ noWaitAfter: true });
}

/** As the mail of the tenant does that asks for it. Nobody else comes with a password. */
async function confirmAddress(): Promise<void> {
  const link = await waitFor('a user', async () =>
    (await run.links()).find(({ user_id = '' }) => user_id.startsWith('auth0|')),
  );
  const user = encodeURIComponent(link.user_id ?? '');
  await run.control('PATCH', `/users/${user}`, { email_verified: true });
}

test('a link that is too old says so, and leads to the application', async () => {
  const id = await invite(run, { email: 'late@example.com', language: 'fr' });
  const link = await linkTo(run, 'late@example.com');
  await run.aws.dynamodb.send(
    new UpdateCommand({
      ...{ TableName: run.outputs.InvitationTableName, Key: { id } },
      // As any write: the function may be about to note that the mail went out, and would write the old time back.
      UpdateExpression: 'SET expiresAt = :then, revision = revision + :one',
      ExpressionAttributeValues: { ':then': '2026-01-01T00:00:00.000Z', ':one': 1 },
    }),
  );
  const { page } = await tests.open(link);
  await page.getByRole('heading', { name: 'Cette invitation a expiré' }).waitFor();
  await page.getByRole('link', { name: 'Accéder à Acme Shop' }).click({ noWaitAfter: true });
  await page.waitForURL(`${run.local.TenantUrl}/u/login?*`);
});
