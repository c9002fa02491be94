import { ACTIONS } from '../../../auth0-actions/actions';
import type { BuiltAction } from '../../../auth0-actions/bundle';
import { readActionSecrets } from '../../../cli/actions/action-secrets';
import { checkActions } from '../../../cli/actions/check-actions';
import { deployActions } from '../../../cli/actions/deploy';
import { diffActions } from '../../../cli/actions/diff';
import { ATenant } from './helpers/a-tenant';

const [MFA, LOGIN] = ['punctual-mfa', 'punctual-post-login'];
const TRIGGER = 'post-login';
const STATUS = {
  ...{ StatusPageUrl: 'https://abc.execute-api.eu-central-1.amazonaws.com/' },
  ...{ StatusSecretArn: 'arn:status', ReturnSecretArn: 'arn:return' },
  TenantOrigins: 'https://punctual-dev.eu.auth0.com,https://login.acme.com',
};
const [STATUS_KEY, RETURN_KEY] = ['status', 'return'].map((name) =>
  Buffer.from(`${name}-secret-of-the-tests-of-33-b`).toString('base64'),
) as [string, string];
let tenant: ATenant;

beforeEach(async () => {
  tenant = await new ATenant().start();
  Object.assign(tenant.values, STATUS);
  Object.assign(tenant.pageSecrets, { 'arn:status': STATUS_KEY, 'arn:return': RETURN_KEY });
});
afterEach(() => tenant.close());

function built(...names: string[]): BuiltAction[] {
  const actions = ACTIONS.filter(({ name }) => names.includes(name));
  return actions.map((action) => ({ action, code: `/* Punctual: ${action.name}. */\nexports.x = 1;\n` }));
}

const deploy = (...names: string[]) =>
  deployActions({ dryRun: false, adopt: false }, tenant.deps, built(...names));
const secretsOf = (name: string) =>
  Object.fromEntries(tenant.ours(name)?.draft.secrets.map((secret) => [secret.name, secret.value]) ?? []);
const ours = () => tenant.bindings(TRIGGER).filter((name) => name.startsWith('punctual-'));

test('the Action at login gets what it needs to send people to the page, and to believe them', async () => {
  await deploy(LOGIN);
  expect(secretsOf(LOGIN)).toMatchObject({
    ...{ EVENT_API_KEY: 'api-key-value', STATUS_URL: STATUS.StatusPageUrl },
    ...{ STATUS_SECRET: STATUS_KEY, RETURN_SECRET: RETURN_KEY },
    TENANT_ORIGINS: STATUS.TenantOrigins,
  });
  const seen = JSON.stringify([tenant.printed, tenant.audited]);
  expect([STATUS_KEY, RETURN_KEY].filter((secret) => seen.includes(secret))).toEqual([]);
});

test('the newest key of a ring is what it signs with', async () => {
  const keys = [{ secret: RETURN_KEY, createdAt: 2 }, { secret: STATUS_KEY }];
  Object.assign(tenant.pageSecrets, { 'arn:status': JSON.stringify({ keys }) });
  await deploy(LOGIN);
  expect(secretsOf(LOGIN).STATUS_SECRET).toBe(RETURN_KEY);
});

test('with a stack that has no page yet it gets the others alone', async () => {
  Reflect.deleteProperty(tenant.values, 'StatusPageUrl');
  await deploy(LOGIN);
  expect(Object.keys(secretsOf(LOGIN))).toEqual(['EVENT_API_URL', 'EVENT_API_KEY', 'EVENT_SIGNING_SECRET']);
});

test('where people are invited it learns where invitations are redeemed', async () => {
  const url = 'https://invite.execute-api.eu-central-1.amazonaws.com/';
  Object.assign(tenant.values, { InvitationPageUrl: url });
  await deploy(LOGIN);
  expect(secretsOf(LOGIN)).toMatchObject({ INVITATION_URL: url, STATUS_URL: STATUS.StatusPageUrl });
  // The others redeem none.
  const secrets = await readActionSecrets(tenant.deps, { issuer: 'event-stream' });
  expect(secrets.map(({ name }) => name)).not.toContain('INVITATION_URL');
});

test('in the local run people come back to where the tenant is on this machine', async () => {
  const local = { AwsEndpoint: '', Region: 'eu-central-1', TenantUrl: 'http://127.0.0.1:4000' };
  const { outputs } = tenant.deps;
  const deps = { ...tenant.deps, outputs: async () => ({ ...(await outputs()), local }) };
  const secrets = await readActionSecrets(deps, { issuer: 'actions', hasStatus: true });
  expect(secrets.find(({ name }) => name === 'TENANT_ORIGINS')?.value).toBe(local.TenantUrl);
});

test('a second time there is nothing to do, and another secret of the page is drift', async () => {
  await deploy(MFA, LOGIN);
  expect((await deploy(MFA, LOGIN)).json).toMatchObject({ changed: false });
  tenant.values.TenantOrigins = 'https://punctual-dev.eu.auth0.com';
  const { json } = await diffActions(tenant.deps, built(MFA, LOGIN));
  expect(json).toMatchObject({ drift: true, actions: [{ differences: [] }, { differences: ['secrets'] }] });
});

describe('the Action that asks for a second factor', () => {
  test('has no secrets, and runs before the one at login', async () => {
    await deploy(MFA, LOGIN);
    expect([secretsOf(MFA), ours()]).toEqual([{}, [MFA, LOGIN]]);
    expect(tenant.printed.join('\n')).toMatch(/create punctual-mfa \(\d+ bytes, node22, no secrets\)/);
  });

  test('is put before the one that is there already, and moves nobody else', async () => {
    await deploy(LOGIN);
    const others = tenant.bindings(TRIGGER).filter((name) => name !== LOGIN);
    await deploy(MFA, LOGIN);
    expect(ours()).toEqual([MFA, LOGIN]);
    expect(tenant.bindings(TRIGGER).filter((name) => !name.startsWith('punctual-'))).toEqual(others);
    expect(tenant.printed).toContain(`+ bind to ${TRIGGER}, before ${LOGIN}`);
  });

  test('that somebody moved behind it is drift, and comes back before it', async () => {
    await deploy(MFA, LOGIN);
    const [mfa, login] = [tenant.ours(MFA)?.id ?? '', tenant.ours(LOGIN)?.id ?? ''];
    const others = tenant.state
      .bindingsOf(TRIGGER)
      .filter(({ actionId }) => ![mfa, login].includes(actionId));
    tenant.bind([...others.map(({ id }) => id), login, mfa], TRIGGER);
    const health = await checkActions(tenant.deps, built(MFA, LOGIN));
    expect(health[0]).toMatchObject({ isWell: false, words: `is bound to ${TRIGGER} after ${LOGIN}` });
    expect((await diffActions(tenant.deps, built(MFA, LOGIN))).json).toMatchObject({ drift: true });
    await deploy(MFA, LOGIN);
    expect(ours()).toEqual([MFA, LOGIN]);
  });

  test('that is configured no more is said to be left over, and nobody is let in without it', async () => {
    await deploy(MFA, LOGIN);
    expect((await deploy(LOGIN)).json).toMatchObject({ changed: false });
    expect([tenant.warned, ours()]).toEqual([['left-over'], [MFA, LOGIN]]);
    await diffActions(tenant.deps, built(LOGIN));
    expect(tenant.warned).toEqual(['left-over', 'left-over']);
  });
});
