import { eventId } from '../../../auth0-actions/emit/event-id';
import { SIGNING_SECRET } from '../helpers/an-auth0-event';

const idOf = (...facts: string[]) => eventId('reg', SIGNING_SECRET, facts);

test('the same fact always has the same id', async () => {
  expect(await idOf('acme', 'auth0|1', '2026-11-20')).toBe(await idOf('acme', 'auth0|1', '2026-11-20'));
});

test('an id says nothing about the person', async () => {
  expect(await idOf('acme', 'auth0|1')).toMatch(/^reg_[A-Za-z0-9_-]{32}$/);
});

test.each([
  ['another tenant', ['acme2', 'auth0|1', 'x']],
  ['another user', ['acme', 'auth0|2', 'x']],
  ['another life of the same user', ['acme', 'auth0|1', 'y']],
  ['the same characters cut elsewhere', ['acme', 'auth0|1x', '']],
])('%s has another id', async (_, facts) => {
  expect(await idOf(...facts)).not.toBe(await idOf('acme', 'auth0|1', 'x'));
});

test('an id cannot be guessed without the secret', async () => {
  const other = await eventId('reg', `whsec_${'A'.repeat(44)}`, ['acme', 'auth0|1']);
  expect(await idOf('acme', 'auth0|1')).not.toBe(other);
});
