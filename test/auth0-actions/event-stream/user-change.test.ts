import { NotEmitted } from '../../../auth0-actions/emit/emit-codes';
import { userChange } from '../../../auth0-actions/event-stream/user-change';
import type { UserEvent } from '../../../events/event-schema';
import { checkEvent } from '../../../events/parse-event';

const ATTRIBUTES = ['name', 'user_metadata.country'];
const IDENTITY = { connection: 'Users', provider: 'auth0', user_id: '67', isSocial: false };

const aProfile = (fields: object = {}) => ({
  user_id: 'auth0|67',
  created_at: '2026-11-20T09:00:00.000Z',
  updated_at: '2026-11-21T09:00:00.000Z',
  email: 'ada@example.com',
  email_verified: true,
  name: 'Ada',
  user_metadata: { country: 'GB' },
  identities: [IDENTITY],
  last_ip: '198.51.100.7',
  ...fields,
});

/** What Auth0 hands to an Action behind a stream. */
const aStreamEvent = (
  type: string,
  profile: unknown = aProfile(),
  fields: object = {},
  data: object = {},
) => ({
  message: {
    ...{ id: 'evt_1', source: 'urn:auth0:acme.auth0.com', specversion: '1.0', type },
    ...{ time: '2026-11-21T09:00:01.000Z', a0tenant: 'acme', a0stream: 'est_1' },
    data: { object: profile, ...data },
    ...fields,
  },
  secrets: {},
});

const changeOf = (...parts: Parameters<typeof aStreamEvent>) =>
  userChange(aStreamEvent(...parts), ATTRIBUTES) as UserEvent;

const updated = (profile: object, previous?: unknown) =>
  changeOf(
    'user.updated',
    aProfile(profile),
    {},
    previous === undefined ? {} : { previous_object: previous },
  );

/** As a worker reads it. */
const isTaken = (event: UserEvent) => checkEvent(event);

const explosive = () =>
  new Proxy(
    {},
    {
      get: () => {
        throw new Error('ada@example.com');
      },
    },
  );

test('a change becomes an event that the contract accepts, under the id that Auth0 gave it', () => {
  const event = changeOf('user.updated');
  expect(isTaken(event)).toEqual({ ok: true, event });
  expect(event).toEqual({
    ...{ specversion: '1.0', id: 'evt_1', source: 'urn:auth0:acme', type: 'user.updated' },
    time: '2026-11-21T09:00:01.000Z',
    data: {
      user: {
        ...{ user_id: 'auth0|67', email: 'ada@example.com', email_verified: true },
        ...{ created_at: '2026-11-20T09:00:00.000Z', updated_at: '2026-11-21T09:00:00.000Z' },
        ...{ name: 'Ada', user_metadata_country: 'GB', identities: ['auth0|67'] },
      },
      connection: { name: 'Users', strategy: 'auth0' },
    },
  });
});

test('the tenant is known by the source alone, as Auth0 documents no more of what it hands to an Action', () => {
  const sourceOf = (source: unknown) =>
    changeOf('user.deleted', aProfile(), { a0tenant: undefined, a0stream: undefined, source }).source;
  expect(sourceOf('urn:auth0:acme.eu.auth0.com')).toBe('urn:auth0:acme');
  expect(sourceOf('urn:auth0:acme')).toBe('urn:auth0:acme');
  for (const source of [undefined, '', 'urn:auth0:', 'https://acme.eu.auth0.com/', 7])
    expect(() => sourceOf(source)).toThrow('bad-event');
});

test.each(['user.created', 'user.updated', 'user.deleted'])(
  '%s keeps its type, with a prefix too',
  (type) => {
    expect(changeOf(type).type).toBe(type);
    expect(changeOf(`com.auth0.${type}`).type).toBe(type);
  },
);

describe('an attribute that is listed', () => {
  test.each([
    [{ name: undefined }, { name: null }],
    [{ name: null }, { name: null }],
    [{ user_metadata: {} }, { user_metadata_country: null }],
    [{ user_metadata: undefined }, { user_metadata_country: null }],
    [{ user_metadata: null }, { user_metadata_country: null }],
    [{ name: '' }, { name: '' }],
  ])('is told to be empty where the profile is %j', (profile, told) => {
    const event = updated(profile);
    expect(event.data.user).toMatchObject(told);
    expect(isTaken(event)).toMatchObject({ ok: true });
  });

  test.each([
    ['an object', { given: 'Ada' }],
    ['too long', 'x'.repeat(1025)],
    ['a list of what is no text', [1]],
  ])('and is %s stays unsaid, as that is no reason to clear it', (_what, name) => {
    expect(updated({ name }).data.user).not.toHaveProperty('name');
  });

  test('never says that one of the fields is empty that every system needs', () => {
    const { user } = updated({ email: undefined, username: undefined }).data;
    expect(user).not.toHaveProperty('email');
    expect(user).not.toHaveProperty('username');
  });
});

describe('a change of `blocked`', () => {
  test.each([
    ['user.blocked', { blocked: true }, { blocked: false }],
    ['user.blocked', { blocked: true }, {}],
    ['user.blocked', { blocked: true }, undefined],
    ['user.blocked', { blocked: true }, null],
    ['user.unblocked', { blocked: false }, { blocked: true }],
    ['user.unblocked', {}, { blocked: true }],
    ['user.updated', { blocked: true }, { blocked: true }],
    ['user.updated', { blocked: false }, { blocked: false }],
    ['user.updated', {}, {}],
    ['user.updated', { blocked: false }, undefined],
    ['user.updated', {}, undefined],
    ['user.updated', { blocked: 'true' }, { blocked: 0 }],
  ])('is %s where it is %j and was %j', (type, profile, previous) => {
    expect(updated(profile, previous).type).toBe(type);
  });

  test('is carried along as what it is now, and left out where it is no boolean', () => {
    expect(updated({ blocked: false }).data.user.blocked).toBe(false);
    expect(updated({ blocked: true }, { blocked: true }).data.user.blocked).toBe(true);
    expect(changeOf('user.created', aProfile({ blocked: true })).data.user.blocked).toBe(true);
    for (const blocked of ['true', 1, null, undefined]) {
      expect(updated({ blocked }).data.user).not.toHaveProperty('blocked');
    }
  });

  test('does not make another event of a creation or a deletion', () => {
    for (const type of ['user.created', 'user.deleted']) {
      expect(changeOf(type, aProfile({ blocked: true })).type).toBe(type);
    }
  });
});

describe('the users that were linked to this one', () => {
  const idsOf = (identities: unknown) => updated({ identities }).data.user.identities;

  test('are told by their ids in one piece, in their order', () => {
    const identities = [
      IDENTITY,
      { provider: 'google-oauth2', user_id: '1234' },
      { provider: 'sms', user_id: 7 },
    ];
    expect(idsOf(identities)).toEqual(['auth0|67', 'google-oauth2|1234', 'sms|7']);
  });

  test.each([
    ['none', undefined],
    ['no list', { length: 1, 0: IDENTITY }],
    ['an empty list', []],
    ['identities without provider or id', [{ user_id: '1' }, { provider: 'a', user_id: '' }, null, 'a|b']],
    [
      'ids of another kind',
      [
        { provider: 'a', user_id: {} },
        { provider: {}, user_id: '1' },
      ],
    ],
    ['identities that throw', [explosive()]],
    [
      'a list that throws',
      new Proxy([IDENTITY], {
        get: () => {
          throw new Error('no');
        },
      }),
    ],
    ['ids that are too long', [{ provider: 'auth0', user_id: 'x'.repeat(1020) }]],
  ])('are left out where there are %s', (_, identities) => {
    const event = updated({ identities });
    expect(event.data.user).not.toHaveProperty('identities');
    expect(isTaken(event)).toMatchObject({ ok: true });
  });

  test('are told by their connections as well, of which one alone says nothing new', () => {
    const identities = [
      { ...IDENTITY, connection: 'staff' },
      { provider: 'github', user_id: 1, connection: 'github' },
      { provider: 'github', user_id: 2, connection: 'github' },
      { provider: 'sms', user_id: 7, connection: 7 },
      explosive(),
    ];
    expect(updated({ identities }).data.connections).toEqual(['staff', 'github']);
    expect(updated({ identities: identities.slice(1, 4) }).data).not.toHaveProperty('connections');
    expect(isTaken(updated({ identities }))).toMatchObject({ ok: true });
  });

  test('are as many as the contract takes', () => {
    const identities = Array.from({ length: 60 }, (_, number) => ({
      provider: 'auth0',
      user_id: `${number}`,
    }));
    expect(idsOf(identities)).toHaveLength(50);
    expect(isTaken(updated({ identities }))).toMatchObject({ ok: true });
  });
});

test('nobody is behind an event that tries a stream out', () => {
  const purpose = { a0purpose: 'test' };
  expect(userChange(aStreamEvent('user.created', aProfile(), purpose), ATTRIBUTES)).toBe('test-event');
  expect(userChange(aStreamEvent('no.such.type', {}, purpose), ATTRIBUTES)).toBe('test-event');
});

test.each([
  'organization.created',
  'user.blocked',
  'user.',
  '',
  '__proto__',
  'constructor',
  'x'.repeat(5000),
  7,
])('an event of the type %j says nothing about a user', (type) => {
  expect(userChange(aStreamEvent(type as string), ATTRIBUTES)).toBe('other-event');
});

test.each([
  ['nothing', undefined],
  ['null', null],
  ['an object that throws', explosive()],
  ['a message that throws', { message: explosive() }],
])('%s says nothing about a user', (_, event) => {
  expect(userChange(event, ATTRIBUTES)).toBe('other-event');
});

describe('fails with bad-event, which no other try would mend,', () => {
  test.each([
    ['without an id', aStreamEvent('user.created', aProfile(), { id: undefined })],
    ['with an endless id', aStreamEvent('user.created', aProfile(), { id: 'x'.repeat(257) })],
    ['without a tenant', aStreamEvent('user.created', aProfile(), { a0tenant: undefined, source: '' })],
    ['without a time', aStreamEvent('user.created', aProfile(), { time: undefined })],
    ['with a time that is none', aStreamEvent('user.created', aProfile(), { time: 'soon' })],
    ['without a profile', aStreamEvent('user.created', undefined, { data: undefined })],
    ['with a profile that throws', aStreamEvent('user.created', explosive())],
    ['without a user id', aStreamEvent('user.deleted', aProfile({ user_id: undefined }))],
    ['with an endless user id', aStreamEvent('user.created', aProfile({ user_id: 'x'.repeat(1025) }))],
    [
      'with a user id on the prototype',
      aStreamEvent('user.created', JSON.parse('{"__proto__":{"user_id":"a|1"}}')),
    ],
  ])('%s', (_, event) => {
    expect(() => userChange(event, ATTRIBUTES)).toThrow(new NotEmitted('bad-event'));
  });
});

test('the tenant of the Action stands in where the message names none', () => {
  const event = {
    ...aStreamEvent('user.created', aProfile(), { a0tenant: undefined, source: undefined }),
    tenant: { id: 'acme' },
  };
  expect(userChange(event, ATTRIBUTES)).toMatchObject({ source: 'urn:auth0:acme' });
});

test.each([
  [
    'an attribute that throws',
    {
      get name() {
        throw new Error('no');
      },
    },
  ],
  [
    'a circular attribute',
    (() => {
      const name: Record<string, unknown> = {};
      name.self = name;
      return { name };
    })(),
  ],
  [
    'keys of the prototype',
    JSON.parse(
      '{"__proto__":{"admin":true},"constructor":{"x":1},"user_metadata":{"__proto__":{"country":"XX"}}}',
    ),
  ],
  ['dates that are none', { created_at: 'soon', updated_at: {} }],
  ['an email of 5000 characters', { email: 'x'.repeat(5000) }],
])('%s costs nobody the event', (_, fields) => {
  const profile = Object.defineProperties(aProfile(), Object.getOwnPropertyDescriptors(fields));
  const event = changeOf('user.updated', profile);
  expect(isTaken(event)).toMatchObject({ ok: true });
  expect(Object.keys(event.data.user)).not.toEqual(expect.arrayContaining(['admin']));
  expect(({} as { admin?: boolean }).admin).toBeUndefined();
});

test('nothing leaves Auth0 that nobody asked for', () => {
  const profile = aProfile({ app_metadata: { plan: 'gold' }, multifactor: ['guardian'] });
  expect(Object.keys(changeOf('user.created', profile).data.user).toSorted()).toEqual([
    ...['created_at', 'email', 'email_verified', 'identities', 'name', 'updated_at', 'user_id'],
    'user_metadata_country',
  ]);
});

describe('somebody who was made for an invitation and never came', () => {
  const invited = aProfile({
    app_metadata: { status: 'invited', punctual_invitation: { id: 'a'.repeat(22) } },
  });

  test.each(['user.created', 'user.updated'])('is not told of by a %s', (type) => {
    expect(userChange(aStreamEvent(type, invited), ATTRIBUTES)).toBe('not-come-yet');
  });

  test.each([{ logins_count: 1 }, { last_login: '2026-11-21T08:00:00.000Z' }])(
    'is told of once they came, though the mark is still there: %j',
    (come) => {
      expect(changeOf('user.updated', { ...invited, ...come }).type).toBe('user.updated');
    },
  );

  test('is told of where they are deleted or blocked', () => {
    expect(changeOf('user.deleted', invited).type).toBe('user.deleted');
    expect(changeOf('user.updated', { ...invited, blocked: true }).type).toBe('user.blocked');
  });
});
