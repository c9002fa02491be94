import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { registrationEvent } from '../../auth0-actions/post-user-registration/registration-event';
import { checkEvent } from '../../events/parse-event';
import { SIGNING_SECRET } from '../auth0-actions/helpers/an-auth0-event';

interface SampleUser {
  readonly connection: { readonly id: string; readonly name: string; readonly strategy: string };
  readonly user: Readonly<Record<string, unknown>> & { readonly user_id: string };
}

const file = join(__dirname, '../../examples/users.json');
const samples = JSON.parse(readFileSync(file, 'utf8')) as SampleUser[];
const byId = samples.map((sample) => [sample.user.user_id, sample] as const);

test.each(byId)('%s registers with an event that the contract accepts', async (_, sample) => {
  const attributes = ['name', 'given_name', 'family_name', 'phone_number', 'user_metadata.country'];
  const options = { attributes, signingSecret: SIGNING_SECRET, at: Date.parse('2026-11-20T09:00:00Z') };
  const event = await registrationEvent({ tenant: { id: 'acme' }, ...sample }, options);
  expect(checkEvent(event)).toEqual({ ok: true, event });
  expect(event.data.connection).toEqual({
    name: sample.connection.name,
    strategy: sample.connection.strategy,
  });
});

test.each(byId)('%s comes by a connection for which Auth0 runs the Action', (userId, { connection }) => {
  expect(['auth0', 'email', 'sms']).toContain(connection.strategy);
  expect(userId.split('|')[0]).toBe(connection.strategy);
});

test('no two sample users would share an account', () => {
  const names = samples.map(({ user }) => String(user.username ?? user.email ?? user.user_id).toLowerCase());
  expect(new Set(names).size).toBe(samples.length);
  expect(new Set(samples.map(({ user }) => user.user_id)).size).toBe(samples.length);
});
