import { loginEvent } from '../../../auth0-actions/post-login/login-event';
import { checkEvent } from '../../../events/parse-event';
import { anAuth0Event, SIGNING_SECRET } from '../helpers/an-auth0-event';

const OPTIONS = {
  attributes: ['name'],
  signingSecret: SIGNING_SECRET,
  at: Date.parse('2026-11-20T09:00:01.500Z'),
};
const connection = { id: 'con_2', name: 'google-oauth2', strategy: 'google-oauth2' };
const inBrowser = (id: string) => anAuth0Event({ connection, transaction: { id } });

test('a login becomes an event that the contract accepts', async () => {
  const event = await loginEvent(inBrowser('tx-1'), OPTIONS);
  expect(checkEvent(event)).toEqual({ ok: true, event });
  expect(event).toMatchObject({
    type: 'user.logged-in',
    source: 'urn:auth0:acme',
    data: {
      user: { name: 'Ada Lovelace' },
      connection: { name: 'google-oauth2', strategy: 'google-oauth2' },
    },
  });
});

test('an Action that runs again in one login tells the same, and in another one something else', async () => {
  const later = { ...OPTIONS, at: OPTIONS.at + 5_000 };
  const { id } = await loginEvent(inBrowser('tx-1'), OPTIONS);
  expect((await loginEvent(inBrowser('tx-1'), later)).id).toBe(id);
  expect((await loginEvent(inBrowser('tx-2'), later)).id).not.toBe(id);
});

test('a login that Auth0 does not name is told apart by its time', async () => {
  const { id } = await loginEvent(anAuth0Event(), OPTIONS);
  expect((await loginEvent(anAuth0Event(), { ...OPTIONS, at: OPTIONS.at + 1 })).id).not.toBe(id);
});
