import { registrationEvent } from '../../../auth0-actions/post-user-registration/registration-event';
import { checkEvent } from '../../../events/parse-event';
import { anAuth0Event, anAuth0User, SIGNING_SECRET } from '../helpers/an-auth0-event';

const OPTIONS = {
  attributes: ['name', 'user_metadata.country'],
  signingSecret: SIGNING_SECRET,
  at: Date.parse('2026-11-20T09:00:01.500Z'),
};

test('a registration becomes an event that the contract accepts', async () => {
  const event = await registrationEvent(anAuth0Event(), OPTIONS);
  expect(checkEvent(event)).toEqual({ ok: true, event });
  expect(event).toMatchObject({
    type: 'user.registered',
    source: 'urn:auth0:acme',
    time: '2026-11-20T09:00:01.500Z',
    data: { connection: { name: 'Username-Password-Authentication', strategy: 'auth0' } },
  });
});

test('the same registration told twice has one id', async () => {
  const first = await registrationEvent(anAuth0Event(), OPTIONS);
  const later = await registrationEvent(anAuth0Event(), { ...OPTIONS, at: OPTIONS.at + 60_000 });
  expect(later.id).toBe(first.id);
});

test('a timestamp given as a Date makes the same id', async () => {
  const user = anAuth0User({ created_at: new Date('2026-11-20T09:00:00Z') });
  const asDate = await registrationEvent(anAuth0Event({ user }), OPTIONS);
  expect(asDate).toEqual(await registrationEvent(anAuth0Event(), OPTIONS));
});

test('a user who registers again after a deletion has another id', async () => {
  const user = anAuth0User({ created_at: '2026-12-24T00:00:00.000Z' });
  const again = await registrationEvent(anAuth0Event({ user }), OPTIONS);
  expect(again.id).not.toBe((await registrationEvent(anAuth0Event(), OPTIONS)).id);
});

test('fails without a tenant, which tells users of two tenants apart', async () => {
  await expect(registrationEvent(anAuth0Event({ tenant: {} }), OPTIONS)).rejects.toThrow('bad-event');
});
