import { anAuth0Event, anAuth0User } from './an-auth0-event';

const explosive = (text: string) => ({
  get: () => {
    throw new Error(`${text} ada@example.com`);
  },
});

function circular(): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  value.self = value;
  return value;
}

function withSecret(name: string, value: unknown): unknown {
  return anAuth0Event({ secrets: { ...anAuth0Event().secrets, [name]: value } });
}

/** Events no honest Auth0 sends, and the code each must end with. Only used where the API answers 202. */
export const HOSTILE_EVENTS: readonly (readonly [string, unknown, string])[] = [
  ['nothing', undefined, 'missing-secret'],
  ['null', null, 'missing-secret'],
  ['a number', 7, 'missing-secret'],
  ['an empty object', {}, 'missing-secret'],
  ['a proxy that throws on everything', new Proxy({}, explosive('proxy')), 'missing-secret'],
  ['no secrets', anAuth0Event({ secrets: undefined }), 'missing-secret'],
  ['a secret of blanks', withSecret('EVENT_API_KEY', '  '), 'missing-secret'],
  ['a secret that is no text', withSecret('EVENT_API_KEY', Symbol('key')), 'missing-secret'],
  ['an address that is none', withSecret('EVENT_API_URL', 'ada@example.com'), 'bad-url'],
  ['an address without encryption', withSecret('EVENT_API_URL', 'http://api.example.com/v1/'), 'bad-url'],
  [
    'a signing secret without prefix',
    withSecret('EVENT_SIGNING_SECRET', 'c2lnbmluZw=='),
    'bad-signing-secret',
  ],
  [
    'a signing secret cut short',
    withSecret('EVENT_SIGNING_SECRET', `whsec_${'a'.repeat(33)}`),
    'bad-signing-secret',
  ],
  ['no tenant', anAuth0Event({ tenant: undefined }), 'bad-event'],
  ['no user', anAuth0Event({ user: null }), 'bad-event'],
  ['a user without id', anAuth0Event({ user: anAuth0User({ user_id: undefined }) }), 'bad-event'],
  ['a user id that is an object', anAuth0Event({ user: anAuth0User({ user_id: {} }) }), 'bad-event'],
  [
    'a user id of 2000 characters',
    anAuth0Event({ user: anAuth0User({ user_id: 'x'.repeat(2000) }) }),
    'bad-event',
  ],
  [
    'a user that is a proxy that throws',
    anAuth0Event({ user: new Proxy({}, explosive('user')) }),
    'bad-event',
  ],
  ['a key no header can hold', withSecret('EVENT_API_KEY', 'key\u0000\n-1'), 'bad-api-key'],
  ['a circular user', anAuth0Event({ user: anAuth0User(circular()) }), 'emitted'],
  ['a circular configured attribute', anAuth0Event({ user: anAuth0User({ name: circular() }) }), 'emitted'],
  [
    'a list that throws',
    anAuth0Event({ user: anAuth0User({ name: new Proxy([], explosive('list')) }) }),
    'emitted',
  ],
  ['an attribute that is a BigInt', anAuth0Event({ user: anAuth0User({ name: 1n }) }), 'emitted'],
  ['an invalid date', anAuth0Event({ user: anAuth0User({ created_at: new Date(Number.NaN) }) }), 'emitted'],
  [
    'dates that are objects',
    anAuth0Event({ user: anAuth0User({ created_at: Object.create(null) }) }),
    'emitted',
  ],
  ['no connection', anAuth0Event({ connection: undefined }), 'emitted'],
  [
    'an email of 5000 characters',
    anAuth0Event({ user: anAuth0User({ email: 'x'.repeat(5000) }) }),
    'emitted',
  ],
  ['half an emoji as a name', anAuth0Event({ user: anAuth0User({ name: '\ud83d' }) }), 'emitted'],
];
