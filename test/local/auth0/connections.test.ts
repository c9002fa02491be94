import { apisOf } from '../../../local/auth0/tenant/apis-of';
import { connectionsOf } from '../../../local/auth0/tenant/connections-of';
import { namedConnections } from '../../../local/auth0/tenant/named-connections';

const rule = (name: string, value: object | null) => ({ environment: { [name]: JSON.stringify(value) } });

test('the tenant has the usual connections, and those that the configuration names', () => {
  const named = namedConnections([
    rule('JIT', { default: true, connections: { github: false, 'partner-oidc': ['crm'] } }),
    rule('JIT_RULE', { default: true, except: ['apple'] }),
    rule('SCOPE', {
      connections: ['staff-saml', 'partner-oidc'],
      where: [{ of: 'x', oneOf: ['connections'] }],
    }),
    rule('SCOPE', null),
    rule('MAPPING', { connections: ['not a rule of connections'] }),
  ]);
  const all = connectionsOf(named).map(({ name, strategy }) => `${name} ${strategy}`);
  expect(all).toEqual([
    ...['Username-Password-Authentication auth0', 'google-oauth2 google-oauth2', 'github github'],
    ...['acme-saml samlp', 'partner-oidc samlp', 'apple apple', 'staff-saml samlp'],
  ]);
});

test('the tenant has the APIs whose tokens the template asks for, with the scopes of their routes', () => {
  const resource = (type: string, properties: object) => ({
    type: `AWS::ApiGatewayV2::${type}`,
    properties: properties as Record<string, unknown>,
  });
  const apis = apisOf([
    resource('Api', {}),
    resource('Authorizer', {
      JwtConfiguration: { Issuer: 'https://acme/', Audience: ['https://punctual/dev'] },
    }),
    resource('Route', { AuthorizationScopes: ['admin'] }),
    resource('Route', { AuthorizationScopes: ['admin', 'read'] }),
    resource('Route', {}),
  ]);
  expect(apis).toEqual([{ identifier: 'https://punctual/dev', scopes: ['admin', 'read'] }]);
  expect(apisOf([])).toEqual([]);
});
