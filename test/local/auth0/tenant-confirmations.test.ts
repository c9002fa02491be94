import { aPerson } from './helpers/a-person';
import { type ATenant, aTenant } from './helpers/a-tenant';

let tenant: ATenant;
beforeEach(async () => {
  tenant = await aTenant();
});
afterEach(() => tenant.stop());

const verified = () => tenant.people.users.list().map(({ email_verified }) => email_verified);
const linkOf = ([mail] = tenant.mails): string => mail?.link ?? '';

test('who signs up with a password is asked by mail, and following its link confirms the address', async () => {
  await aPerson(tenant).signUp();
  expect(tenant.mails).toEqual([
    { to: 'ada@example.com', link: expect.stringContaining(`${tenant.url}/u/`) },
  ]);
  expect(verified()).toEqual([false]);
  // In whatever browser.
  expect(await aPerson(tenant).browser.get(linkOf())).toMatchObject({
    ...{ status: 200, text: expect.stringContaining('Your address is confirmed') },
  });
  expect(verified()).toEqual([true]);
  expect(tenant.changes.at(-1)).toMatchObject({ type: 'user.updated', object: { email_verified: true } });
});

test('a link that is followed again tells the event stream nothing', async () => {
  await aPerson(tenant).signUp();
  const { browser } = aPerson(tenant);
  await browser.get(linkOf());
  const told = tenant.changes.length;
  expect((await browser.get(linkOf())).status).toBe(200);
  expect(tenant.changes).toHaveLength(told);
});

test('a link confirms nothing of somebody who has another address since, or that was made up', async () => {
  await aPerson(tenant).signUp();
  const [user] = tenant.people.users.list();
  tenant.people.change(user?.user_id ?? '', { email: 'other@example.com' });
  const { browser } = aPerson(tenant);
  expect((await browser.get(linkOf())).status).toBe(400);
  expect((await browser.get(linkOf().replace(/=.*/, '=nonsense'))).status).toBe(400);
  expect(verified()).toEqual([false]);
});

test('nobody who comes by a provider is asked', async () => {
  await aPerson(tenant).comeBy('google-oauth2', 'ada@example.com');
  expect(tenant.mails).toEqual([]);
});
