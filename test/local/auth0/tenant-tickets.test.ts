import type { NewTicket } from '../../../local/auth0/password-tickets';
import { aPerson, heard, PASSWORD } from './helpers/a-person';
import { type ATenant, aTenant, CONNECTIONS, DOMAIN, HOME } from './helpers/a-tenant';

const [DATABASE] = CONNECTIONS as [(typeof CONNECTIONS)[number]];
const ADA = { user_id: 'auth0|ada', email: 'ada@example.com', email_verified: false };

let tenant: ATenant;
beforeEach(async () => {
  tenant = await aTenant();
  await tenant.people.register({ connection: DATABASE, user: ADA });
});
afterEach(() => tenant.stop());

function aTicket(more: Partial<NewTicket> = {}): string {
  const secret = tenant.people.tickets.make({ userId: 'auth0|ada', marksVerified: false, ...more });
  return `${tenant.url}/u/reset-verify?ticket=${secret}`;
}

const set = (ticket: string, password = PASSWORD) => aPerson(tenant).browser.post(ticket, { password });

async function logIn(password: string) {
  const person = aPerson(tenant);
  const page = await person.authorize();
  return person.browser.post(page.url.href, { email: 'Ada@example.com', password });
}

test('a password ticket lets somebody log in who never had a password, and goes on to where it is to lead', async () => {
  expect((await logIn('')).status).toBe(400);
  const ticket = aTicket({ resultUrl: `${HOME}/welcome?a=b` });
  const page = await aPerson(tenant).browser.get(ticket);
  expect(page.text).toContain('For <strong>ada@example.com</strong>');
  expect((await set(ticket)).url.href).toBe(`${HOME}/welcome?a=b&success=true`);
  expect(heard(await logIn(PASSWORD))).toHaveProperty('code');
});

test('a password ticket of an application leads to the login of it', async () => {
  const { url } = await set(aTicket({ clientId: 'demo' }));
  expect(url.href).toBe(`${HOME}/login?${new URLSearchParams({ iss: `https://${DOMAIN}/` })}`);
});

test('a password ticket works once, and looking at it does not use it up', async () => {
  const ticket = aTicket();
  const { browser } = aPerson(tenant);
  for (let look = 0; look < 3; look++) expect((await browser.get(ticket)).status).toBe(200);
  expect(await set(ticket, 'short')).toMatchObject({
    status: 400,
    text: expect.stringContaining('too short'),
  });
  expect(await set(ticket)).toMatchObject({ status: 200, text: expect.stringContaining('is set') });
  expect(await set(ticket, 'another password')).toMatchObject({ status: 400 });
  expect((await browser.get(ticket)).text).toContain('used already');
  expect(heard(await logIn(PASSWORD))).toHaveProperty('code');
});

test('a password ticket ends the one that its user had before, and no other one', async () => {
  const eve = { user_id: 'auth0|eve', email: 'eve@example.com', email_verified: false };
  await tenant.people.register({ connection: DATABASE, user: eve });
  const others = aTicket({ userId: 'auth0|eve' });
  const earlier = aTicket();
  const later = aTicket();
  expect((await set(earlier)).status).toBe(400);
  expect((await set(later)).status).toBe(200);
  expect((await set(others)).status).toBe(200);
});

test('a password ticket marks the address verified only where it is to, and the event stream hears of it', async () => {
  await set(aTicket());
  expect(tenant.people.users.find('auth0|ada')).toMatchObject({ email_verified: false });
  await set(aTicket({ marksVerified: true }));
  expect(tenant.people.users.find('auth0|ada')).toMatchObject({ email_verified: true });
  expect(tenant.changes.at(-1)).toMatchObject({ type: 'user.updated', object: { email_verified: true } });
});

test.each([
  ['that came too late', (ticket: string) => tenant.pass(60_000) ?? ticket],
  ['that never was', (ticket: string) => `${ticket}x`],
  [
    'of somebody who is gone',
    (ticket: string) => {
      tenant.people.users.remove('auth0|ada');
      return ticket;
    },
  ],
])('rejects a ticket %s', async (_, spoil) => {
  const ticket = spoil(aTicket({ ttlSeconds: 60 }));
  expect((await aPerson(tenant).browser.get(ticket)).status).toBe(400);
  expect(await set(ticket)).toMatchObject({ status: 400, text: expect.stringContaining('too late') });
});
