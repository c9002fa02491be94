import { ConfigurationError, type ConfigurationInput, defineConfiguration } from '../../lib/configuration';
import { countryRuleOf } from '../../lib/connectors/country-rule-of';
import { synthesize } from './helpers/synthesize';

const ENVIRONMENTS = { dev: { tenant: 'acme.eu.auth0.com', alarms: { email: 'on-call@example.com' } } };
const DE = { baseUrl: 'https://de.crm.example.com/scim/v2', countries: ['de', 'at'] };
const US = { baseUrl: 'https://us.crm.example.com/scim/v2' };
const AUTH = { kind: 'client-credentials', tokenUrl: 'https://idp.example.com/oauth/token' };

const scim = (fields: object) =>
  ({ crm: { kind: 'scim', ...fields } }) as unknown as ConfigurationInput['systems'];
const configured = (fields: object, emit: object = {}) =>
  defineConfiguration({ environments: ENVIRONMENTS, systems: scim(fields), emit });

function problemsWith(fields: object): string {
  try {
    configured(fields);
    return '';
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems.join('\n');
    throw error;
  }
}

const server = (host: string) => ({ baseUrl: `https://${host.padEnd(31, 'x')}.example.com/path/scim/v2` });
const servers = (count: number, name = 'c') =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`${name}${n}`, server(`${name}${n}`)]));

describe('the configuration of a system with instances', () => {
  test('says which countries each has: without a list, the one of its name', () => {
    const country = { from: 'user_metadata.country', default: 'us', existing: 'de' };
    const { crm } = configured(
      { instances: { de: DE, us: US }, country },
      { attributes: ['user_metadata.country'] },
    ).systems;
    if (crm?.kind !== 'scim') throw new Error('There is no crm.');
    expect(countryRuleOf(crm)).toEqual({
      countries: { de: ['de', 'at'], us: ['us'] },
      ...{ from: 'user_metadata_country', default: 'us', existing: 'de' },
    });
  });

  test.each([
    ['neither an address nor instances', {}, 'one of baseUrl and instances'],
    ['both', { baseUrl: US.baseUrl, instances: { us: US } }, 'one of baseUrl and instances'],
    ['no instance at all', { instances: {} }, 'at least one instance'],
    [
      'a rule of countries without instances',
      { baseUrl: US.baseUrl, country: { default: 'us' } },
      'left out',
    ],
    ['a country in two of them', { instances: { de: DE, at: US } }, 'a country that de does not have'],
    ['a default that no instance has', { instances: { us: US }, country: { default: 'jp' } }, 'one of us'],
    ['an existing one that is none', { instances: { us: US }, country: { existing: 'jp' } }, 'one of us'],
    ['a country in capitals', { instances: { us: { ...US, countries: ['US'] } } }, 'lower-case'],
    [
      'an attribute that nobody sends',
      { instances: { us: US }, country: { from: 'user_metadata.c' } },
      'emit.attributes',
    ],
    [
      'names that differ by dashes alone',
      { instances: { 'a-b': US, ab: { ...US, countries: ['de'] }, aB: US } },
      'lower-case',
    ],
    [
      'two of one server',
      { instances: { de: DE, us: { baseUrl: 'https://de.crm.example.com:443/scim/v2' } } },
      'another server than that of de',
    ],
    ['more than the environment holds', { instances: servers(12) }, 'Let countries share an instance'],
  ])('rejects %s', (_, fields, words) => {
    expect(problemsWith(fields)).toContain(words);
  });
});

const variablesIn = (fields: object): Record<string, unknown> => {
  const functions = synthesize({}, scim(fields)).systems.crm?.findResources('AWS::Lambda::Function') ?? {};
  return Object.values(functions)[0]?.Properties.Environment.Variables;
};

test('an address and instances together do not compile, and neither does none of them', () => {
  type System = ConfigurationInput['systems'][string];
  // @ts-expect-error one of the two
  const both: System = { kind: 'scim', baseUrl: US.baseUrl, instances: { us: US } };
  // @ts-expect-error one of the two
  const none: System = { kind: 'scim' };
  expect([both, none].map(problemsWith)).toEqual([
    expect.stringContaining('both of them'),
    expect.stringContaining('none of them'),
  ]);
});

describe('the stack of a system with instances', () => {
  const fields = { instances: { de: DE, us: { ...US, auth: AUTH } }, country: { default: 'us' } };
  const { systems, root } = synthesize({}, scim(fields));

  test('has a secret for each, of the kind that its server asks for', () => {
    const secrets = Object.values(systems.crm?.findResources('AWS::SecretsManager::Secret') ?? {});
    expect(secrets.map(({ Properties }) => Properties.Description)).toEqual([
      expect.stringMatching(/^Bearer token for crm in de:/),
      expect.stringMatching(/^OAuth client for crm in us:/),
    ]);
  });

  test('says in outputs which instances there are and where their secrets are', () => {
    expect(root.findOutputs('InstancesCrm')).toMatchObject({ InstancesCrm: { Value: 'de,us' } });
    expect(Object.keys(root.findOutputs('*'))).toEqual(
      expect.arrayContaining(['DeSecretArnCrm', 'UsSecretArnCrm']),
    );
  });

  test('tells the function all servers and no single one', () => {
    const variables = variablesIn(fields);
    expect(variables).not.toHaveProperty('SCIM_BASE_URL');
    expect(variables).not.toHaveProperty('SCIM_TOKEN_SECRET_ARN');
    const { tokenUrl } = AUTH;
    expect(JSON.parse(asText(variables.SCIM_SERVERS))).toEqual({
      de: { baseUrl: DE.baseUrl, secret: 'NAME' },
      us: { baseUrl: US.baseUrl, secret: 'NAME', endpoint: { tokenUrl, authMethod: 'basic' } },
    });
    expect(variables.INSTANCES).toBe('{"countries":{"de":["de","at"],"us":["us"]},"default":"us"}');
  });

  test('stays within the environment of a function with as many as the configuration takes', () => {
    const most = Array.from({ length: 12 }, (_, count) => count + 1).findLast(
      (count) => problemsWith({ instances: servers(count) }) === '',
    );
    expect(most).toBeGreaterThanOrEqual(8);
    const sizes = Object.entries(variablesIn({ instances: servers(most ?? 0) })).map(
      ([name, value]) => name.length + asText(value).replaceAll('NAME', 'n'.repeat(56)).length,
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(4_096);
  });
});

/** A value of the template as it will be about: an ARN or a URL has up to 115 characters. */
function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  const { 'Fn::Join': join, 'Fn::Select': select } = value as Record<
    string,
    [unknown, unknown[]] | undefined
  >;
  if (join !== undefined) return join[1].map(asText).join('');
  return select === undefined ? 'x'.repeat(115) : 'NAME';
}
