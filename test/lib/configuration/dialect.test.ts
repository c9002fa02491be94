import { DIALECTS } from '../../../lambdas/connectors/scim/dialect';
import type { ScimConfiguration } from '../../../lib/configuration';
import { defineConfiguration } from '../../../lib/configuration';
import { dialectOf } from '../../../lib/configuration/dialect-schema';
import { timingsOf } from '../../../lib/configuration/timings';

const environments = { dev: { tenant: 'acme.eu.auth0.com', alarms: { email: 'on-call@example.com' } } };

const crmWith = (settings: object): ScimConfiguration => {
  const crm = { kind: 'scim', baseUrl: 'https://crm.example.com/scim/v2', ...settings };
  const configuration = defineConfiguration({ environments, systems: { crm } } as never);
  return configuration.systems.crm as ScimConfiguration;
};

test('a server speaks as the RFCs say when nothing is said', () => {
  expect(dialectOf(crmWith({}).dialect)).toEqual(DIALECTS.rfc);
});

test('single settings differ from a dialect that has a name', () => {
  const { dialect } = crmWith({ dialect: { like: 'aws-identity-center', maxResults: 100, patch: 'put' } });
  expect(dialectOf(dialect)).toEqual({ ...DIALECTS['aws-identity-center'], maxResults: 100, patch: 'put' });
});

test('a function has the time for reading accounts that are sent as a whole', () => {
  const seconds = (dialect: object) => timingsOf(crmWith({ dialect })).functionTimeoutSeconds;
  expect(seconds({ patch: 'put' }) - seconds({ patch: 'with-path' })).toBe(10);
  expect(() => crmWith({ dialect: { patch: 'put' }, timeouts: { requestSeconds: 170 } })).toThrow(
    /systems\.crm\.timeouts\.requestSeconds.*sent as a whole/s,
  );
});

const byName = { filter: ['userName'] };

test.each([
  ['no such name', { dialect: 'slack' }, /systems\.crm\.dialect.*'rfc', 'aws-identity-center'/s],
  ['no such setting', { dialect: { patches: 'put' } }, /systems\.crm\.dialect/],
  ['no such patch', { dialect: { patch: 'merge' } }, /systems\.crm\.dialect/],
  ['nothing to look up by', { dialect: { filter: ['displayName'] } }, /dialect\.filter.*made twice/s],
  [
    'a user name that changes',
    { dialect: byName },
    /mapping\.userName.*username, email, user_id.*made twice/s,
  ],
  [
    'a user name of several attributes',
    { dialect: byName, mapping: { userName: { from: ['user_id', 'email'], join: '-' } } },
    /mapping\.userName/,
  ],
  [
    'a user name that an account taken over does not get',
    { dialect: byName, mapping: { userName: { from: ['user_id'], write: 'onCreate' } } },
    /mapping\.userName.*onCreate/s,
  ],
  [
    'a rule that cannot be asked',
    { dialect: 'aws-identity-center', correlate: [{ attribute: 'emails.value' }] },
    /correlate\.0\.attribute.*emails\.value.*externalId, userName/s,
  ],
  ['a deletion that no server does', { dialect: { removal: 'disable' } }, /deprovision\.ending.*'disable'/s],
  [
    'a deletion of who left the scope',
    {
      dialect: { removal: 'disable' },
      deprovision: { ending: 'disable' },
      scope: { connections: ['staff'], onLeave: 'delete' },
    },
    /scope\.onLeave/,
  ],
])('rejects %s', (_what, settings, message) => {
  expect(() => crmWith(settings)).toThrow(message);
});

const tokenUrl = 'https://idp.example.com/oauth/token';

test.each([
  ['no such kind', { kind: 'digest' }, /systems\.crm\.auth/],
  ['no endpoint', { kind: 'client-credentials' }, /auth\.tokenUrl/],
  [
    'an endpoint in the clear',
    { kind: 'client-credentials', tokenUrl: 'http://idp.example.com/token' },
    /auth\.tokenUrl.*https/s,
  ],
  [
    'a user in the endpoint',
    { kind: 'client-credentials', tokenUrl: 'https://me:pw@idp.example.com/token' },
    /auth\.tokenUrl/,
  ],
  [
    'a secret in the configuration',
    { kind: 'client-credentials', tokenUrl, clientSecret: 'x' },
    /systems\.crm\.auth/,
  ],
  ['a scope that ends a line', { kind: 'client-credentials', tokenUrl, scope: 'a\r\nb' }, /auth\.scope/],
  [
    'no such method',
    { kind: 'client-credentials', tokenUrl, authMethod: 'jwt' },
    /auth\.authMethod.*basic or post/s,
  ],
  ['a scope for a token', { kind: 'bearer', scope: 'users' }, /systems\.crm\.auth/],
])('rejects %s', (_what, auth, message) => {
  expect(() => crmWith({ auth })).toThrow(message);
});

test('rejects more settings than the environment of a function holds', () => {
  const filter = ['userName', ...Array.from({ length: 16 }, (_, index) => `a${index}${'x'.repeat(98)}`)];
  expect(() => crmWith({ dialect: { filter }, mapping: { userName: { from: ['user_id'] } } })).toThrow(
    /1500 characters/,
  );
});

test('takes what can be looked up and kept', () => {
  crmWith({ dialect: byName, mapping: { userName: { from: ['user_id'] } } });
  crmWith({ dialect: 'aws-identity-center', correlate: [{ attribute: 'USERNAME', from: 'username' }] });
  crmWith({ dialect: { removal: 'disable' }, deprovision: { ending: 'disable' } });
});
