import { API_ROUTES, routeKeyOf } from '../../events/provisioning-api/routes';
import { defineConfiguration } from '../../lib/configuration';
import { grantsOf } from './helpers/statements';
import { synthesize, TWO_SYSTEMS } from './helpers/synthesize';

const INVITATIONS = {
  from: 'Acme <hello@acme.com>',
  client: 'acceptPages',
  applications: { shop: { clientId: 'shop', loginUri: 'https://shop.acme.com/login' } },
  roles: { editor: 'rol_editor' },
};

const SYSTEMS = { ...TWO_SYSTEMS, auth0: { kind: 'auth0' } } as const;

const stacks = synthesize({ provisioningApi: {}, invitations: INVITATIONS });

test('the API has every route, those of invitations too', () => {
  const routes = stacks.all('AWS::ApiGatewayV2::Route').map(([, { Properties }]) => `${Properties.RouteKey}`);
  expect(routes).toEqual(expect.arrayContaining(Object.values(API_ROUTES).map((route) => routeKeyOf(route))));
});

test('the API is told what may be granted, and no id of a role', () => {
  const servers = stacks.all('AWS::Lambda::Function').filter(([name]) => name.includes('ProvisioningApi'));
  const [, { Properties }] = servers[0] as (typeof servers)[number];
  const { Variables } = Properties.Environment as { Variables: Record<string, unknown> };
  expect(JSON.parse(`${Variables.INVITATION_TERMS}`)).toEqual({
    ...{ applications: ['shop'], roles: ['editor'], expiryDays: 7, keepAddressDays: 30 },
  });
});

test('the API makes and changes one invitation at a time, and never reads the keys of links', () => {
  const grants = grantsOf(stacks).filter(({ policy }) => policy.startsWith('root ProvisioningApi'));
  const ofInvitations = grants.filter(({ resources }) => JSON.stringify(resources).includes('Invitations'));
  expect([...new Set(ofInvitations.map(({ action }) => action))].toSorted()).toEqual(
    expect.arrayContaining(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query']),
  );
  expect(ofInvitations.map(({ action }) => action)).not.toContain('secretsmanager:GetSecretValue');
  expect(ofInvitations.map(({ action }) => action)).not.toContain('dynamodb:DeleteItem');
});

const configured = (invitations: object, more: object = { provisioningApi: {} }) =>
  defineConfiguration({
    environments: {
      test: {
        tenant: 'acme.eu.auth0.com',
        alarms: { email: 'a@example.com' },
        ...more,
        invitations,
      } as never,
    },
    systems: SYSTEMS,
  });

describe('the settings', () => {
  test('have defaults that are safe', () => {
    expect(configured(INVITATIONS).environments.test?.invitations).toMatchObject({
      ...{ expiryDays: 7, keepAddressDays: 30, provisionOn: 'login' },
      ...{ connection: 'Username-Password-Authentication' },
      trustVerifiedEmailFrom: { strategies: ['auth0'], connections: [] },
    });
  });

  test.each([
    ['a sender that is none', { from: 'Acme' }],
    ['a sender with a line in it', { from: 'Acme\r\nBcc: x@example.com <hello@acme.com>' }],
    ['the client id of an example', { client: 'replace-me' }],
    ['no application', { applications: {} }],
    [
      'a login address that is not https',
      { applications: { shop: { clientId: 's', loginUri: 'http://shop.acme.com/' } } },
    ],
    ['a role that is no id', { roles: { editor: 'editor' } }],
    ['an expiry of 31 days', { expiryDays: 31 }],
    ['no day at all', { expiryDays: 0 }],
    ['a setting that is none', { colour: 'red' }],
  ])('reject %s', (_, wrong) => {
    expect(() => configured({ ...INVITATIONS, ...wrong })).toThrow(/environments\.test\.invitations/);
  });

  test('reject invitations without the API that makes them', () => {
    expect(() => configured(INVITATIONS, {})).toThrow(/provisioningApi/);
  });
});
