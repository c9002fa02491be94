import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { createServiceOnLocalRun } from '../../examples/microservice/service-on-local-run';
import { pathOfUser } from '../../lambdas/provisioning-api/user-path';
import { programsToken } from '../helpers/invite';
import { type LocalRun, startLocalRun, waitFor } from '../helpers/local-run';
import { startLoopbackServer } from '../helpers/loopback-server';

let run: LocalRun;
let token: string;

beforeAll(async () => {
  run = await startLocalRun();
  token = await programsToken(run, 'read:me read:links write:links erase:users export:users');
});
afterAll(() => run?.stop());

async function call(method: string, path: string, body?: object, headers: Record<string, string> = {}) {
  const answer = await fetch(`${run.outputs.ProvisioningApiUrl}${path}`, {
    ...{ method, headers: { authorization: `Bearer ${token}`, ...headers } },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: JSON.parse(text) };
}

const USER = 'samlp|acme|grace/o=x?a#b@example.com';
const id = pathOfUser(USER);
const SAID = {
  user: { created_at: '2026-11-01T10:00:00.000Z', email: 'grace@example.com', username: 'grace' },
  connection: { name: 'acme', strategy: 'samlp' },
};

test('a user of whom nobody told has an account once the call is answered, and the same call answers the same', async () => {
  const path = `users/${id}/links/crm`;
  const made = await call('PUT', path, SAID, { prefer: 'wait=20' });
  expect([made.status, made.headers.get('preference-applied')]).toEqual([200, 'wait=20']);
  const [account] = await run.accounts('crm');
  expect(made.body.link).toMatchObject({ system: 'crm', state: 'linked', accountId: account?.id });
  expect((await call('PUT', path, SAID)).body).toEqual(made.body);
  expect(await run.accounts('crm')).toHaveLength(1);
  expect((await call('GET', `users/${id}`)).body.links).toEqual([made.body.link]);
});

test('what is kept of them is exported, and nothing waits for anybody', async () => {
  const { status, body } = await call('GET', `users/${id}/export`);
  expect([status, body.id, body.links.length]).toEqual([200, USER, 1]);
  expect((await call('GET', 'links?system=crm&state=held')).body).toEqual({ links: [] });
});

test('fails as the person of the token, who is none, and without a token', async () => {
  const { status, headers, body } = await call('GET', 'me');
  expect([status, body.code, headers.get('content-type')]).toEqual([
    403,
    'machine-token',
    'application/problem+json',
  ]);
  const without = await fetch(`${run.outputs.ProvisioningApiUrl}me`);
  expect(without.status).toBe(401);
});

test('a person changes what is their own: Auth0 keeps it, and its event stream and the API tell the same', async () => {
  const { TenantUrl, ManagementApi } = run.local;
  const { SecretString = '' } = await run.aws.secrets.send(
    new GetSecretValueCommand({ SecretId: run.outputs.ManagementSecretArn }),
  );
  const tokenBy = async (url: string, fields: Record<string, string>) => {
    const answer = await fetch(`${url}/oauth/token`, { method: 'POST', body: new URLSearchParams(fields) });
    return ((await answer.json()) as { access_token: string }).access_token;
  };
  const ofFunctions = await tokenBy(ManagementApi.Url, {
    ...{ grant_type: 'client_credentials', ...JSON.parse(SecretString) },
    audience: `https://${run.outputs.Auth0Tenant}/api/v2/`,
  });
  const manage = async (method: string, path: string, body?: object) => {
    const headers = { authorization: `Bearer ${ofFunctions}` };
    const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
    return (await fetch(`${ManagementApi.Url}/api/v2/${path}`, init)).json() as Promise<
      Record<string, unknown>
    >;
  };
  const known = { email: 'ida@example.com', username: 'ida', password: 'Long*enough7' };
  const made = await manage('POST', 'users', { connection: 'Username-Password-Authentication', ...known });
  const own = await tokenBy(TenantUrl, {
    ...{ grant_type: 'password', client_id: 'demo', username: known.email, password: known.password },
    ...{ audience: 'https://punctual/dev', scope: 'openid write:me' },
  });
  const change = (metadata: object) =>
    call('PATCH', 'me', { user_metadata: metadata }, { authorization: `Bearer ${own}` });
  expect((await change({ theme: 'dark' })).body).toEqual({ user_metadata: { theme: 'dark' } });
  const kept = await manage('GET', `users/${encodeURIComponent(String(made.user_id))}`);
  expect(kept.user_metadata).toEqual({ theme: 'dark' });
  const refused = await change({ plan: 'pro' });
  expect([refused.status, refused.body.code]).toEqual([403, 'not-yours']);

  // The example of a service, of whom nobody else told.
  const service = await startLoopbackServer(createServiceOnLocalRun(run.outputs, run.local));
  const asked = await fetch(service.url, { headers: { authorization: `Bearer ${own}` } });
  const said = await asked.json();
  await service.close();
  expect([asked.status, said]).toEqual([200, { customer: 'ida', orders: [] }]);
});

test('an erasure takes the account away, and nobody gets one of that life again', async () => {
  expect((await call('POST', `users/${id}/erasure`)).status).toBe(202);
  const isTheirs = ({ externalId }: Record<string, unknown>) => `${externalId}`.includes('grace');
  await waitFor('no account', async () => !(await run.accounts('crm')).some(isTheirs));
  const again = await call('PUT', `users/${id}/links/crm`, SAID);
  expect([again.status, again.body.code]).toEqual([409, 'user-erased']);
});

test('no log of it names the user or holds the token', async () => {
  const lines = Object.values(await run.logs())
    .flat()
    .join('\n');
  expect(lines).toContain('call answered');
  for (const secret of [USER, id, 'grace', 'ida@example.com', token]) expect(lines).not.toContain(secret);
});
