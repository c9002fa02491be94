import type { UserEvent } from '../../../../events/event-schema';
import { checkEvent } from '../../../../events/parse-event';
import { createProvisionAhead } from '../../../../lambdas/invitations/precreate/provision-ahead';
import type { KnownProfile } from '../../../../lambdas/invitations/precreate/users-at';
import { NOW } from '../helpers/invitations';
import { aProfile, CREATED_AT } from './helpers/an-auth0';

test('each system that the connection brings is asked for an account, with the profile as Auth0 shows it, and again with the same event', async () => {
  const published: UserEvent[] = [];
  const provision = createProvisionAhead({
    ...{ systems: ['crm', 'tickets'], attributes: ['name'], now: () => NOW },
    jit: { default: true, connections: { 'Username-Password-Authentication': ['crm'] } },
    userRefOf: async () => 'ref',
    publish: async (event) => void published.push(event),
  });
  const user = aProfile({ user_id: 'auth0|made', name: 'ada@example.com' }) as KnownProfile;
  await provision(user, 'request-1');
  await provision(user, 'request-2');
  const [event, again] = published;
  expect(published).toHaveLength(2);
  expect(event).toMatchObject({
    type: 'user.provision-requested',
    data: {
      ...{ system: 'crm', connection: { strategy: 'auth0' } },
      user: {
        user_id: 'auth0|made',
        created_at: CREATED_AT,
        updated_at: CREATED_AT,
        email: 'ada@example.com',
      },
    },
  });
  expect(event?.id).toBe(again?.id);
  expect(checkEvent(event)).toMatchObject({ ok: true });
});
