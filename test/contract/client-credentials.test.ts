import { join } from 'node:path';
import { createAccessTokens } from '../../lambdas/auth/access-tokens';
import type { TokenEndpoint } from '../../lambdas/auth/token-endpoint';
import { DIALECTS } from '../../lambdas/connectors/scim/dialect';
import { createScimConnector } from '../../lambdas/connectors/scim/scim-connector';
import { callHttp } from '../../lambdas/runtime/http';
import { bundleWorker } from '../../local/remotes/bundle-worker';
import { type RemoteSystem, startRemoteSystem } from '../../local/remotes/remote-system';
import { anAccountRequest } from '../helpers/account-request';

const client = (secret: string) => ({ system: 'system', id: 'punctual', secret });
const LIFETIME_SECONDS = 300;
/** Virtual seconds in a real one: a token is good for half a second. */
const SCALE = 600;
let code: string;
let system: RemoteSystem;

beforeAll(async () => {
  code = await bundleWorker(join(__dirname, '../../local/remotes/scim.worker.ts'));
}, 30_000);
afterEach(() => system.stop());

async function aConnector({
  scale = 1,
  secret = 'secret-1',
  authMethod = 'basic' as TokenEndpoint['authMethod'],
} = {}) {
  const issuer = {
    paths: ['/oauth/token'],
    clients: [{ ...client('theirs'), system: 'other' }, client('secret-1')],
    lifetimeSeconds: LIFETIME_SECONDS,
  };
  const clock = { startedAt: Date.now(), scale };
  system = await startRemoteSystem(
    code,
    { name: 'system', path: '/scim', token: '', issuer, clock },
    0,
    () => undefined,
  );
  const secrets = { known: secret, current: secret };
  const asked: string[] = [];
  const token = createAccessTokens({
    endpoint: { tokenUrl: `${new URL(system.url).origin}/oauth/token`, authMethod },
    credentials: async ({ fresh }) => {
      if (fresh) secrets.known = secrets.current;
      return JSON.stringify({ client_id: 'punctual', client_secret: secrets.known });
    },
    http: (request) => {
      asked.push(request.url);
      return callHttp(request);
    },
    ...{ timeoutMs: 5_000, now: Date.now },
  });
  const connector = createScimConnector({
    ...{ baseUrl: system.url, dialect: DIALECTS.rfc, token, http: callHttp, timeoutMs: 5_000, now: Date.now },
  });
  return { connector, secrets, asked };
}

const request = anAccountRequest({ user_id: 'auth0|1', email: 'ada@example.com' });

test.each(['basic', 'post'] as const)('one token is enough for many calls (%s)', async (authMethod) => {
  const { connector, asked } = await aConnector({ authMethod });
  expect(await connector.create(request)).toMatchObject({ kind: 'created' });
  expect(await connector.find(request)).toMatchObject({ kind: 'one' });
  expect(asked).toHaveLength(1);
});

test('a token that ends in the middle is replaced, and the call is made', async () => {
  const { connector, asked } = await aConnector({ scale: SCALE });
  await connector.create(request);
  // We believe that it is good for four minutes yet.
  await new Promise((resolve) => setTimeout(resolve, (LIFETIME_SECONDS / SCALE) * 1_000 + 50));
  expect(await connector.find(request)).toMatchObject({ kind: 'one' });
  expect(asked).toHaveLength(2);
});

test('a client that is changed is read again, without anybody starting anew', async () => {
  const { connector, secrets, asked } = await aConnector();
  await connector.create(request);
  await system.setClients?.([client('secret-2')]);
  secrets.current = 'secret-2';
  expect(await connector.find(request)).toMatchObject({ kind: 'one' });
  // The first token, the client of before, and that of now.
  expect(asked).toHaveLength(3);
});

test('fails with a wrong client, and makes nothing', async () => {
  const { connector } = await aConnector({ secret: 'wrong' });
  await expect(connector.create(request)).rejects.toMatchObject({ code: 'remote-unauthorized' });
  expect(await system.count()).toMatchObject({ accounts: 0 });
});

test('fails with the token of a client of another system', async () => {
  const { connector } = await aConnector({ secret: 'theirs' });
  await expect(connector.create(request)).rejects.toMatchObject({ code: 'remote-unauthorized' });
  expect(await system.count()).toMatchObject({ accounts: 0 });
});
