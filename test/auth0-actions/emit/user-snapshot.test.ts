import { connectionSnapshot, userSnapshot } from '../../../auth0-actions/emit/user-snapshot';
import { anAuth0Event, anAuth0User } from '../helpers/an-auth0-event';

const snapshotOf = (overrides: Record<string, unknown>, attributes: string[] = []) =>
  userSnapshot(anAuth0Event({ user: anAuth0User(overrides) }), attributes);

test('six fields leave Auth0 and no others', () => {
  expect(snapshotOf({ phone_number: '+353209150123', password: 'x' })).toEqual({
    user_id: 'auth0|6740d1f0a3c2b91e58d7f604',
    created_at: '2026-11-20T09:00:00.000Z',
    updated_at: '2026-11-20T09:00:00.000Z',
    email: 'ada@example.com',
    email_verified: true,
    username: 'ada.lovelace',
  });
});

test('configured attributes leave as well, under a flat name', () => {
  const attributes = ['name', 'user_metadata.country', 'app_metadata.plan', 'nickname'];
  expect(snapshotOf({}, attributes)).toMatchObject({
    name: 'Ada Lovelace',
    user_metadata_country: 'GB',
    app_metadata_plan: 'gold',
  });
  expect(snapshotOf({}, attributes)).not.toHaveProperty('nickname');
});

test.each([
  ['text', 'x'],
  ['a number', 4.2],
  ['false', false],
  ['null', null],
  ['a list of texts', ['a', 'b']],
])('%s is sent as it is', (_, name) => {
  expect(snapshotOf({ name }, ['name']).name).toEqual(name);
});

test.each([
  ['an object', { first: 'Ada' }],
  ['a function', () => 'Ada'],
  ['an endless number', Number.POSITIVE_INFINITY],
  ['a text above 1024 characters', 'x'.repeat(1025)],
  ['a list with an object', ['a', {}]],
  ['a list with a hole', Array(2)],
  ['a list above 50', Array(51).fill('a')],
])('%s is left out, and the person still goes', (_, name) => {
  expect(snapshotOf({ name }, ['name'])).not.toHaveProperty('name');
  expect(snapshotOf({ name }, ['name'])).toHaveProperty('user_id');
});

test('a field of the wrong type is left out', () => {
  const { user_id: userId } = anAuth0User();
  const odd = { created_at: 'soon', updated_at: null, email: '', email_verified: 'yes', username: {} };
  expect(snapshotOf(odd)).toEqual({ user_id: userId });
});

test('a user without metadata has none of the configured attributes', () => {
  const user = snapshotOf({ user_metadata: undefined }, ['user_metadata.country']);
  expect(user).not.toHaveProperty('user_metadata_country');
});

test('fails without a user id', () => {
  expect(() => snapshotOf({ user_id: '' })).toThrow('bad-event');
});

test('of the connection only name and strategy leave Auth0', () => {
  const expected = { name: 'Username-Password-Authentication', strategy: 'auth0' };
  expect(connectionSnapshot(anAuth0Event())).toEqual(expected);
});

test('half a connection is none', () => {
  expect(connectionSnapshot(anAuth0Event({ connection: { name: 'email' } }))).toBeUndefined();
});
