import type { EventConnection, EventUser } from '../../../../events/event-schema';
import type { EventType } from '../../../../events/event-types';
import { isVouchedFor } from '../../../../lambdas/connectors/accounts/vouching';
import { anEvent } from '../../../helpers/events';

const DATABASE: EventConnection = { name: 'Username-Password-Authentication', strategy: 'auth0' };
const trusted = { strategies: ['auth0'], connections: ['corp', 'partners'] };
const told = (user: Partial<EventUser>, connection?: EventConnection, type?: EventType) =>
  isVouchedFor(
    anEvent({
      user: { email_verified: true, ...user },
      ...(connection === undefined ? {} : { connection }),
      ...(type === undefined ? {} : { type }),
    }),
    trusted,
  );

test.each<[string, Partial<EventUser>, EventConnection, EventType]>([
  ['a database, at the registration', {}, DATABASE, 'user.registered'],
  ['a database, at a later login', {}, DATABASE, 'user.logged-in'],
  [
    'a connection that is named, to a user who belongs to it',
    { user_id: 'samlp|corp|ada' },
    { name: 'corp', strategy: 'samlp' },
    'user.logged-in',
  ],
  [
    'a connection that is named, at the registration',
    { user_id: 'email|1' },
    { name: 'partners', strategy: 'email' },
    'user.registered',
  ],
])('an address is vouched for by %s', (_, user, connection, type) => {
  expect(told(user, connection, type)).toBe(true);
});

test.each<[string, Partial<EventUser>, EventConnection | undefined, EventType]>([
  ['that is not verified', { email_verified: false }, DATABASE, 'user.registered'],
  ['of which nothing is said', { email_verified: undefined }, DATABASE, 'user.registered'],
  ['that is missing', { email: undefined }, DATABASE, 'user.registered'],
  ['that is empty', { email: '' }, DATABASE, 'user.registered'],
  ['whose connection nobody knows', {}, undefined, 'user.registered'],
  ['of an event of the stream, even with a connection', {}, DATABASE, 'user.updated'],
  ['of an event of the stream at the beginning', {}, DATABASE, 'user.created'],
  [
    'of a social connection',
    { user_id: 'google-oauth2|1' },
    { name: 'google', strategy: 'google-oauth2' },
    'user.registered',
  ],
  [
    'of an enterprise connection',
    { user_id: 'samlp|evil|eve' },
    { name: 'evil', strategy: 'samlp' },
    'user.logged-in',
  ],
  // Somebody who may name connections must not become a database by it.
  [
    'of a connection that is called like a strategy',
    { user_id: 'oidc|auth0|eve' },
    { name: 'auth0', strategy: 'oidc' },
    'user.logged-in',
  ],
  [
    'of a connection whose strategy is called like a trusted connection',
    { user_id: 'corp|evil|eve' },
    { name: 'evil', strategy: 'corp' },
    'user.logged-in',
  ],
  // The address is that of the first identity, and the database is the second one of a user who was linked.
  [
    'of a social user who came by a linked database',
    { user_id: 'google-oauth2|1' },
    DATABASE,
    'user.logged-in',
  ],
  [
    'of an enterprise user who came by a linked connection of the same strategy',
    { user_id: 'samlp|evil|eve' },
    { name: 'corp', strategy: 'samlp' },
    'user.logged-in',
  ],
  [
    'of a user whose id does not say by which connection of that strategy they came first',
    { user_id: 'email|1' },
    { name: 'partners', strategy: 'email' },
    'user.logged-in',
  ],
])('nobody vouches for an address %s', (_, user, connection, type) => {
  expect(told(user as Partial<EventUser>, connection, type)).toBe(false);
});
