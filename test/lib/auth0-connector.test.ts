import { ConfigurationError, type ConfigurationInput, defineConfiguration } from '../../lib/configuration';
import { type Resource, synthesize, TWO_SYSTEMS } from './helpers/synthesize';

const INVITATIONS = {
  from: 'Acme <hello@acme.com>',
  client: 'client-1',
  applications: { shop: { clientId: 'shop-1', loginUri: 'https://shop.acme.com/login' } },
  roles: { editor: 'rol_editor' },
};
const SYSTEMS = { ...TWO_SYSTEMS, auth0: { kind: 'auth0' } } satisfies ConfigurationInput['systems'];

const stacks = synthesize({ provisioningApi: {}, invitations: INVITATIONS }, SYSTEMS, {
  jit: { default: ['crm'] },
});

const variablesOf = ({ Properties }: Resource) =>
  (Properties.Environment as { Variables: Record<string, string> } | undefined)?.Variables ?? {};
const worker = stacks
  .all('AWS::Lambda::Function')
  .map(([, resource]) => variablesOf(resource))
  .find(({ SYSTEM }) => SYSTEM === 'auth0');

test('its function knows the roles and the client, and leaves nobody out by how they come', () => {
  expect(JSON.parse(worker?.AUTH0_ROLES ?? '')).toEqual({ editor: 'rol_editor' });
  expect(worker).toHaveProperty('MANAGEMENT_SECRET_ARN');
  expect(worker).not.toHaveProperty('JIT_RULE');
});

test('there is one client for all who come to the tenant, and accounts there cannot be asked for', () => {
  const secrets = stacks.all('AWS::SecretsManager::Secret').filter(([id]) => id.includes('ManagementClient'));
  expect(secrets).toHaveLength(1);
  expect(Object.keys(stacks.root.findOutputs('ManagementSecretArn'))).toHaveLength(1);
  const api = stacks
    .all('AWS::Lambda::Function')
    .map(([, resource]) => variablesOf(resource))
    .find((variables) => 'BY_INVITATION' in variables);
  expect(api).toMatchObject({ BY_INVITATION: 'auth0' });
});

test('its queue hears of invitations and of who goes, and what else is meant for it alone is a stray', () => {
  const policies = stacks
    .all('AWS::SNS::Subscription')
    .flatMap(([, { Properties }]) => Properties.FilterPolicy ?? []);
  const texts = policies.map((policy) => JSON.stringify(policy));
  const own = texts.filter((text) => text.includes('"auth0"') && !text.includes('$or'));
  expect(own).toHaveLength(1);
  expect(own[0]).toContain('["invitation.accepted","user.deleted","user.erase-requested","link.due"]');
  const strays = policies.find((policy) => JSON.stringify(policy).includes('$or')) as {
    $or: Record<string, unknown>[];
  };
  expect(strays.$or.at(-1)).toEqual({
    system: ['auth0'],
    type: [{ 'anything-but': expect.arrayContaining(['invitation.accepted', 'link.due']) }],
  });
});

function problemsWith(systems: object, invitations: object | undefined = INVITATIONS): readonly string[] {
  try {
    defineConfiguration({
      environments: {
        dev: {
          ...{ tenant: 'acme.eu.auth0.com', alarms: { email: 'on-call@example.com' } },
          ...{ provisioningApi: {}, invitations },
        },
      },
      systems,
    } as ConfigurationInput);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

test.each<[string, object, string]>([
  [
    'invitations without anybody who gives people what they bring',
    TWO_SYSTEMS,
    "a system of the kind 'auth0'",
  ],
  ['another kind that is called so', { auth0: { kind: 'profile' } }, 'taken for the tenant'],
  ['two of them', { ...SYSTEMS, tenant: { kind: 'auth0' } }, 'once: auth0 is the tenant already'],
  ['one that is retired', { auth0: { kind: 'auth0', state: 'retired' } }, "a system of the kind 'auth0'"],
  ['a scope', { auth0: { kind: 'auth0', scope: { connections: ['x'] } } }, 'scope'],
  [
    'a system that waits for it',
    { ...SYSTEMS, late: { kind: 'profile', after: ['auth0'] } },
    'only those who accepted an invitation',
  ],
])('rejects %s', (_, systems, words) => {
  expect(problemsWith(systems).join('\n')).toContain(words);
});

test('one may be there before invitations are', () => {
  expect(problemsWith(SYSTEMS, undefined)).toEqual([]);
});
