import { tenantAccess } from '../../../cli/actions/tenant-access';

const LOCAL = {
  AwsEndpoint: 'http://127.0.0.1:4566',
  Region: 'eu-central-1',
  ManagementApi: {
    Domain: 'punctual-dev.eu.auth0.com',
    Url: 'http://127.0.0.1:4567',
    ClientId: 'local-client',
    ClientSecret: 'local-secret',
  },
};
const REAL = {
  AUTH0_DOMAIN: 'punctual.eu.auth0.com',
  AUTH0_CLIENT_ID: 'real',
  AUTH0_CLIENT_SECRET: 'real-secret',
};

test('a command for the local run never reaches a real tenant, whatever the environment says', async () => {
  const asked: [string, string | null][] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    asked.push([String(input), new Headers(init?.headers).get('x-forwarded-host')]);
    return new Response();
  };
  const outputs = {
    stackName: 'UserProvisioning-dev',
    values: { Auth0Tenant: 'punctual.eu.auth0.com' },
    local: LOCAL,
  };
  const access = tenantAccess(outputs, { environment: REAL, fetch });
  expect(access).toMatchObject({ domain: 'punctual-dev.eu.auth0.com', clientId: 'local-client' });
  await access.fetch('https://punctual-dev.eu.auth0.com/api/v2/actions/actions?page=0');
  await access.fetch(new URL('https://punctual.eu.auth0.com/oauth/token'));
  expect(asked).toEqual([
    ['http://127.0.0.1:4567/api/v2/actions/actions?page=0', 'punctual-dev.eu.auth0.com'],
    ['http://127.0.0.1:4567/oauth/token', 'punctual.eu.auth0.com'],
  ]);
});

test('a command for a stack goes to the tenant that the stack provisions for', () => {
  const outputs = { stackName: 'UserProvisioning-prod', values: { Auth0Tenant: 'punctual.eu.auth0.com' } };
  const { AUTH0_DOMAIN: _, ...environment } = REAL;
  expect(tenantAccess(outputs, { environment, fetch })).toEqual({
    domain: 'punctual.eu.auth0.com',
    clientId: 'real',
    clientSecret: 'real-secret',
    fetch,
  });
});

test('fails with an older local run, which has no tenant', () => {
  const { ManagementApi: _, ...local } = LOCAL;
  const outputs = { stackName: 'UserProvisioning-dev', values: {}, local };
  expect(() => tenantAccess(outputs, { environment: {}, fetch })).toThrow(
    'The local run has no Management API',
  );
});
