import { isInteractive } from '../../../auth0-actions/post-login/is-interactive';

test.each([
  ['a login in a browser', { transaction: { protocol: 'oidc-basic-profile' }, request: { query: {} } }],
  ['a login by SAML', { transaction: { protocol: 'samlp' } }],
  ['a login that was asked to ask', { request: { query: { prompt: 'login consent' } } }],
  ['a login of which Auth0 says nothing', {}],
  ['a login by a device', { transaction: { protocol: 'oauth2-device-code' } }],
])('%s is one', (_, event) => {
  expect(isInteractive(event)).toBe(true);
});

test.each([
  ['a refresh', { transaction: { protocol: 'oauth2-refresh-token' } }],
  ['a refresh without a transaction', { request: { body: { grant_type: 'refresh_token' } } }],
  ['a password grant', { transaction: { protocol: 'oauth2-password' } }],
  ['a password grant without a transaction', { request: { body: { grant_type: 'password' } } }],
  ['a token exchange', { transaction: { protocol: 'oauth2-token-exchange' } }],
  ['silent authentication', { request: { query: { prompt: 'none' } } }],
  ['silent authentication that was pushed ahead', { transaction: { prompt: ['none'] } }],
])('%s is none', (_, event) => {
  expect(isInteractive(event)).toBe(false);
});

test('whatever is handed over, it answers', () => {
  const explosive = new Proxy(
    {},
    {
      get: () => {
        throw new Error('no');
      },
    },
  );
  for (const event of [
    undefined,
    null,
    7,
    explosive,
    { request: explosive },
    { request: { query: [] } },
    { transaction: { prompt: [explosive] } },
    { transaction: { prompt: {} } },
  ])
    expect(isInteractive(event)).toBe(true);
});
