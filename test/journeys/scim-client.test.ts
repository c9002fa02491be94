import { ListSecretsCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { type LocalRun, waitFor } from '../helpers/local-run';
import { startLocalRunOf } from '../helpers/local-run-of';
import { aRegistration, postSigned } from '../helpers/signed-post';

const auth = { kind: 'client-credentials', tokenUrl: 'https://idp.example.com/oauth/token' } as const;

let run: LocalRun;

beforeAll(async () => {
  run = await startLocalRunOf({
    crm: {
      ...{ kind: 'scim', baseUrl: 'https://crm.example.com/scim/v2', auth },
      dialect: { patch: 'put', filter: ['userName'], mediaType: 'application/json', booleans: 'True' },
      mapping: { userName: { from: ['user_id'] } },
      rate: { perSecond: 5, burst: 2 },
    },
    // Its tokens come from the same place.
    hr: { kind: 'scim', baseUrl: 'https://hr.example.com/scim', auth: { ...auth, authMethod: 'post' } },
  });
}, 120_000);
afterAll(() => run?.stop());

async function change(system: string, client: object): Promise<void> {
  const { SecretList = [] } = await run.aws.secrets.send(new ListSecretsCommand({}));
  const secret = SecretList.find(({ Description = '' }) =>
    Description.startsWith(`OAuth client for ${system}:`),
  );
  const SecretString = JSON.stringify(client);
  await run.aws.secrets.send(new PutSecretValueCommand({ SecretId: secret?.ARN, SecretString }));
}

async function register(userId: string): Promise<void> {
  const { status } = await postSigned(
    run,
    await aRegistration(run, userId, { email: `${userId}@example.com` }),
  );
  expect(status).toBe(202);
  await waitFor(`links of ${userId}`, async () => {
    const links = await run.links(userId);
    return links.length === 2 && links.every(({ state }) => state === 'linked');
  });
}

async function issueClients(): Promise<void> {
  await change('crm', { client_id: 'punctual-crm', client_secret: 'issued-1' });
  await change('hr', { client_id: 'punctual-hr', client_secret: 'issued: 2/+' });
}

test('systems that share an endpoint for tokens have their accounts once each has its client', async () => {
  await issueClients();
  await register('auth0|first');
  for (const system of ['crm', 'hr']) {
    const accounts = await run.accounts(system);
    expect(accounts.filter(({ externalId }) => String(externalId).endsWith('/auth0|first'))).toHaveLength(1);
  }
}, 60_000);

test('a system with a rate is called at that rate, however many sign up at once, and has everybody', async () => {
  await issueClients();
  const people = Array.from({ length: 6 }, (_, index) => `auth0|many-${index}`);
  const before = performance.now();
  await Promise.all(people.map(register));
  // Each looks for the account and then makes it.
  expect(performance.now() - before).toBeGreaterThan(((people.length * 2 - 2) / 5) * 1_000);
  const { crm = [], hr = [] } = await run.logs();
  const waits = (lines: readonly string[]) => lines.filter((line) => line.includes('"RateWait"')).length;
  expect(waits(crm)).toBeGreaterThan(0);
  expect(waits(hr)).toBe(0);
  const accounts = await run.accounts('crm');
  expect(accounts.map(({ userName }) => userName)).toEqual(expect.arrayContaining(people));
}, 60_000);
