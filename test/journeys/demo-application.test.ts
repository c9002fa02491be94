import { aBrowser, press } from '../helpers/a-browser';
import { type LocalRun, startLocalRun } from '../helpers/local-run';

let run: LocalRun;

beforeAll(async () => {
  run = await startLocalRun();
});
afterAll(() => run?.stop());

const onThisMachine = (url: URL) => url.hostname === '127.0.0.1';

test('who comes by Google for the first time opens a ticket as the account that was made on the way in', async () => {
  const { DemoAppUrl: demo, TenantUrl: tenant } = run.local;
  const browser = aBrowser(onThisMachine);
  const provider = await browser.get(`${demo}/login?connection=google-oauth2&ext-plan=pro`);
  expect(provider.url.origin).toBe(tenant);
  const fields = { email: 'grace@example.com', given_name: 'Grace', family_name: 'Hopper' };
  const seen = await browser.post(provider.url.href, fields);
  // Where a required system makes them wait, they go on at once.
  const home = seen.url.origin === demo ? seen : await press(browser, seen);
  expect([home.url.href, home.text]).toEqual([`${demo}/`, expect.stringContaining('grace@example.com')]);

  // The provisioning API answers once the account is there.
  const { text } = await browser.post(`${demo}/tickets`, { subject: 'Hello' });
  const ticket = /Ticket \S+ was opened for account ([\w-]+)/.exec(text)?.[1];
  const [link] = (await run.links()).filter(({ system }) => system === 'tickets');
  expect([link?.accountId, link?.user_id]).toEqual([ticket, expect.stringMatching(/^google-oauth2\|\d+$/)]);

  const again = await browser.get(`${demo}/login?prompt=none`);
  expect(again.text).toContain('grace@example.com');
});

test('the tickets system opens none for somebody who has no account there', async () => {
  const url = new URL('/tickets', run.local.Systems.tickets);
  const ask = (body: object) =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  expect((await ask({ requester: 'nobody', subject: 'Hello' })).status).toBe(409);
  expect((await ask({ requester: 'nobody' })).status).toBe(400);
});
