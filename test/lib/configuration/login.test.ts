import { ConfigurationError, type ConfigurationInput, defineConfiguration } from '../../../lib/configuration';
import { labelOf } from '../../../lib/configuration/label-of';
import { provisioningApiOf } from '../../../lib/configuration/provisioning-api-schema';
import { jitRuleOf } from '../../../lib/connectors/jit-rule-of';

const DEV = { tenant: 'acme.eu.auth0.com', alarms: { email: 'on-call@example.com' } };
const SYSTEMS = {
  crm: { kind: 'scim', baseUrl: 'https://crm.example.com', required: true },
  mailing: { kind: 'sqs' },
};

const configured = (fields: object) =>
  defineConfiguration({ environments: { dev: DEV }, systems: SYSTEMS, ...fields } as ConfigurationInput);
const configuredIn = (fields: object) => configured({ environments: { dev: { ...DEV, ...fields } } });

function problemsWith(fields: object): readonly string[] {
  try {
    configured(fields);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}
const problemsIn = (fields: object) => problemsWith({ environments: { dev: { ...DEV, ...fields } } });

test('every connection brings accounts everywhere, unless something else is said', () => {
  expect(configured({}).jit).toEqual({ default: true, connections: {} });
  const jit = { default: ['crm'], connections: { github: false, employees: true, 'Old AD': ['mailing'] } };
  expect(configured({ jit }).jit).toEqual(jit);
});

test('a required system may be one that no connection brings an account in', () => {
  expect(problemsWith({ jit: { default: ['mailing'], connections: { github: false } } })).toEqual([]);
});

test.each([
  [{ default: 'yes' }, 'jit.default: given "yes"; allowed is true, false or a list of names of systems'],
  [{ default: [] }, 'jit.default: given []; allowed is true, false or a list of names of systems'],
  [{ connections: { github: ['crm', 'crm'] } }, 'jit.connections.github: given ["crm","crm"]'],
  [{ connections: { '': true } }, 'jit.connections: given the name ""; allowed is the name of an Auth0'],
  [{ connections: { 'git\nhub': true } }, 'allowed is the name of an Auth0 connection'],
  [
    { default: ['crn'] },
    'jit.default.0: given "crn"; allowed is the name of a system of this configuration.',
  ],
  [
    { connections: { github: ['crm', 'to-string'] } },
    'jit.connections.github.1: given "to-string"; allowed is the name of a system of this configuration.',
  ],
])('rejects jit = %j', (jit, words) => {
  expect(problemsWith({ jit })).toEqual([expect.stringContaining(words)]);
});

test('a list has with a system those that it comes after', () => {
  const profile = { kind: 'profile', attributes: ['email'] };
  const systems = { hr: profile, badge: { ...profile, after: ['hr'] } };
  const problems = (jit: object) => problemsWith({ systems, jit });
  expect(problems({ default: ['badge'] })).toEqual([
    'jit.default.0: given "badge"; allowed is a system whose after is in the list as well: add hr.',
  ]);
  expect(problems({ default: ['badge', 'hr'], connections: { github: ['hr'] } })).toEqual([]);
});

test('a function is told what differs from all connections, and nothing where none does', () => {
  const { jit } = configured({ jit: { connections: { github: false, old: ['crm'], staff: true } } });
  expect(jitRuleOf(jit, 'crm')).toEqual({ default: true, except: ['github'] });
  expect(jitRuleOf(jit, 'mailing')).toEqual({ default: true, except: ['github', 'old'] });
  expect(jitRuleOf(configured({}).jit, 'crm')).toBeNull();
  const { jit: few } = configured({ jit: { default: ['mailing'], connections: { staff: true } } });
  expect(jitRuleOf(few, 'crm')).toEqual({ default: false, except: ['staff'] });
  expect(jitRuleOf(few, 'mailing')).toBeNull();
});

test('rejects more names of connections than the environment of a function holds', () => {
  const names = Array.from({ length: 80 }, (_, index) => [`an-enterprise-connection-${index}`, false]);
  expect(problemsWith({ jit: { connections: Object.fromEntries(names) } })).toEqual([
    expect.stringContaining('at most 1500 characters, as JSON, of all its rules, the scope, the connections'),
  ]);
});

test('a login has a page of 8 seconds, after which it goes on', () => {
  expect(configured({}).login).toEqual({
    rampHours: 24,
    claimNamespace: 'https://punctual.dev/',
    statusPage: { deadlineSeconds: 8, onFailed: 'continue', colors: {} },
  });
});

test.each(['https://acme.com/', 'https://id.acme.com/claims/v1/', 'https://notauth0.com/'])(
  'claims may begin with %s',
  (claimNamespace) => expect(problemsWith({ login: { claimNamespace } })).toEqual([]),
);

test.each([
  ['rampHours', 169, 'a whole number from 0 to 168'],
  ['claimNamespace', 'https://acme.com', 'an https URL of yours that ends in /'],
  ['claimNamespace', 'http://acme.com/', 'an https URL of yours that ends in /'],
  ['claimNamespace', 'https://acme.com/?x=/', 'an https URL of yours that ends in /'],
  ['claimNamespace', 'https://acme.eu.auth0.com/', 'an address that is not of Auth0'],
  ['claimNamespace', 'https://auth0.com/x/', 'an address that is not of Auth0'],
  ['claimNamespace', 'https://acme.webtask.io/', 'an address that is not of Auth0'],
  ['statusPage', { deadlineSeconds: 1 }, 'a whole number from 2 to 30'],
  ['statusPage', { deadlineSeconds: 31 }, 'a whole number from 2 to 30'],
  ['statusPage', { onFailed: 'deny' }, 'continue or stop'],
  ['statusPage', { name: 'x'.repeat(41) }, 'a text of 1 to 40 characters on one line'],
  ['statusPage', { logo: '../secret.svg' }, 'the path of an SVG or PNG file in the project'],
  ['statusPage', { logo: '/etc/logo.png' }, 'the path of an SVG or PNG file in the project'],
  ['statusPage', { logo: 'https://cdn.example.com/logo.svg' }, 'the path of an SVG or PNG file'],
  ['statusPage', { colors: { accent: 'red' } }, 'a colour such as #0a7f5a'],
  ['statusPage', { colors: { accentDark: '#fff;}' } }, 'a colour such as #0a7f5a'],
])('rejects login.%s = %j', (name, value, words) => {
  expect(problemsWith({ login: { [name]: value } })).toEqual([expect.stringContaining(words)]);
});

test('a label is what a person reads, and the name is one where none is given', () => {
  expect(labelOf('help-desk', {})).toBe('Help desk');
  expect(labelOf('crm', { label: 'Kundenakte' })).toBe('Kundenakte');
});

test.each(['', ' padded', 'padded ', 'two\nlines', 'x'.repeat(41), 'abc\u202egpj.exe', 'nothing\u200bthere'])(
  'rejects the label %j',
  (label) => {
    const problems = problemsWith({ systems: { crm: { ...SYSTEMS.crm, label } } });
    expect(problems).toEqual([expect.stringContaining('a text of 1 to 40 characters on one line')]);
  },
);

test('domains are those of one tenant', () => {
  expect(configuredIn({}).environments.dev?.domains).toEqual([]);
  expect(problemsIn({ domains: ['login.acme.com', 'login.acme.org'] })).toEqual([]);
  expect(problemsIn({ domains: ['https://login.acme.com'] })).toEqual([
    expect.stringContaining(
      'environments.dev.domains.0: given "https://login.acme.com"; allowed is a domain',
    ),
  ]);
  expect(problemsIn({ domains: [DEV.tenant] })).toEqual([
    expect.stringContaining(
      'environments.dev.domains.0: given "acme.eu.auth0.com"; allowed is a domain of its',
    ),
  ]);
  const prod = { ...DEV, tenant: 'acme-prod.eu.auth0.com', domains: ['login.acme.com'] };
  expect(problemsWith({ environments: { dev: { ...DEV, domains: ['login.acme.com'] }, prod } })).toEqual([
    'environments.prod.domains.0: given "login.acme.com"; allowed is a domain of its own: this is the one of dev.',
  ]);
});

describe('the provisioning API', () => {
  const apiOf = (fields: object) => {
    const { dev } = configuredIn(fields).environments;
    if (dev === undefined) throw new Error('There is no dev.');
    return provisioningApiOf('dev', dev);
  };

  test('is not there unless it is asked for', () => expect(apiOf({})).toBeUndefined());

  test('takes tokens of the tenant for an audience of the environment', () => {
    expect(apiOf({ provisioningApi: {} })).toEqual({
      audience: 'https://punctual/dev',
      issuer: 'https://acme.eu.auth0.com/',
      throttle: { ratePerSecond: 100, burst: 200 },
      ...{ management: false, selfService: [] },
      concurrency: 20,
    });
  });

  test('takes tokens of a domain of the tenant', () => {
    const provisioningApi = { audience: 'urn:acme:punctual', issuer: 'https://login.acme.com/' };
    const api = apiOf({ domains: ['login.acme.com'], provisioningApi });
    expect(api).toMatchObject(provisioningApi);
  });

  test.each([
    [
      { issuer: 'https://evil.example.com/' },
      'issuer: given',
      'the address of the tenant or of one of domains',
    ],
    [{ issuer: 'https://acme.eu.auth0.com' }, 'issuer: given', 'with a / at its end'],
    [{ issuer: 'https://acme.eu.auth0.com.evil.example/' }, 'issuer: given', 'of the tenant or of one'],
    [{ audience: 'punctual api' }, 'audience: given', 'the identifier of an API'],
    [{ throttle: { burst: 0 } }, 'throttle.burst: given', 'a whole number from 1 to 5000'],
  ])('rejects %j', (provisioningApi, path, words) => {
    const [problem, ...others] = problemsIn({ provisioningApi });
    expect(others).toEqual([]);
    expect(problem).toContain(`environments.dev.provisioningApi.${path}`);
    expect(problem).toContain(words);
  });
});

describe('what people may change of themselves', () => {
  const owning = (path: string, systems: object = SYSTEMS, management = true) =>
    problemsWith({
      environments: { dev: { ...DEV, provisioningApi: { management, selfService: [path] } } },
      emit: { attributes: ['user_metadata.country', 'user_metadata.plan'] },
      systems,
    });
  const PATH = 'environments.dev.provisioningApi.selfService';

  test('is what decides about no account', () => {
    expect(owning('user_metadata.theme')).toEqual([]);
    const scope = { where: [{ attribute: 'user_metadata.plan', oneOf: ['pro'] }] };
    const [problem = ''] = owning('user_metadata.plan', { crm: { ...SYSTEMS.crm, scope } });
    expect(problem).toContain(`${PATH}.0: given "user_metadata.plan"`);
    expect(problem).toContain('the scope or the country of crm goes by this');
    const { baseUrl, ...crm } = SYSTEMS.crm;
    const abroad = {
      ...crm,
      instances: { de: { baseUrl }, us: { baseUrl: 'https://us.example.com/scim' } },
      country: { from: 'user_metadata.country' },
    };
    expect(owning('user_metadata.country', { crm: abroad }).join()).toContain('country of crm goes by this');
  });

  test('is in user_metadata, and kept by Auth0', () => {
    for (const path of ['app_metadata.plan', 'email', 'user_metadata', 'user_metadata.a.b'])
      expect(owning(path).join()).toContain('a path such as user_metadata.theme');
    expect(owning('user_metadata.theme', SYSTEMS, false).join()).toContain('only with management: true');
  });
});

test('the API behind the page takes less than the one that takes events', () => {
  const { dev } = configured({}).environments;
  expect(dev?.statusApi.throttle).toEqual({ ratePerSecond: 200, burst: 400 });
  expect(dev?.api.throttle).toEqual({ ratePerSecond: 500, burst: 1_000 });
  expect(problemsIn({ statusApi: { throttle: { ratePerSecond: 0 } } })).toHaveLength(1);
});
