import { ConfigurationError, type ConfigurationInput, defineConfiguration } from '../../../lib/configuration';
import { configuration } from '../../../punctual.config';

const SMALLEST: ConfigurationInput = {
  environments: { dev: { tenant: 'acme.eu.auth0.com', alarms: { email: 'on-call@example.com' } } },
  systems: { crm: { kind: 'scim', baseUrl: 'https://crm.example.com/scim/v2' } },
};

/** The problems with SMALLEST after `value` was put at `path`. */
function problemsWith(path: string, value: unknown): readonly string[] {
  const input = structuredClone(SMALLEST) as unknown as Record<string, unknown>;
  const names = path.split('.');
  const last = names.pop() as string;
  let place = input;
  for (const name of names) {
    place[name] ??= {};
    place = place[name] as Record<string, unknown>;
  }
  place[last] = value;
  return problemsOf(input);
}

function problemsOf(input: unknown): readonly string[] {
  try {
    defineConfiguration(input as ConfigurationInput);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

test('the smallest configuration gets every default', () => {
  const { environments, emit, systems } = defineConfiguration(SMALLEST);
  expect(environments.dev).toMatchObject({
    ephemeral: false,
    api: { endpoint: 'regional', throttle: { ratePerSecond: 500, burst: 1_000 } },
    apiLogRole: 'create',
    plainInterface: { unsigned: false },
    publishers: [],
  });
  expect(emit).toEqual({ attributes: [] });
  expect(systems.crm).toMatchObject({
    state: 'active',
    retry: { baseSeconds: 1, capSeconds: 900, horizonHours: 24, minAttempts: 5 },
    breaker: {
      ...{ failurePercent: 70, minimumUsers: 10, windowSeconds: 300 },
      ...{ pauseSeconds: 30, longestPauseSeconds: 900 },
    },
    timeouts: { requestSeconds: 5, settleSeconds: 15 },
    concurrency: { maxConcurrency: 5, batchSize: 10 },
    behindAfterMinutes: 15,
    correlate: [],
    adopt: false,
    trustVerifiedEmailFrom: { strategies: ['auth0'], connections: [] },
  });
});

test('ships with a table of its own for two services, two SCIM systems, and what invitations bring', () => {
  expect(configuration.systems).toMatchObject({
    profile: { kind: 'profile' },
    video: { kind: 'profile', defaults: { preferredCategories: [] } },
    crm: { kind: 'scim', baseUrl: 'https://crm.example.com/scim/v2' },
    tickets: { kind: 'scim', baseUrl: 'https://tickets.example.com/scim/v2' },
    auth0: { kind: 'auth0' },
  });
  expect(Object.keys(configuration.environments)).toEqual(['dev', 'prod']);
});

test.each([
  ['environments.dev.tenant', 'https://acme.auth0.com', 'the domain of the Auth0 tenant in lower case'],
  ['environments.dev.tenant', undefined, 'the domain of the Auth0 tenant in lower case'],
  ['environments.dev.ephemeral', 'yes', 'true or false'],
  ['environments.dev.alarms', { email: 'nobody' }, 'an e-mail address'],
  ['environments.dev.alarms', {}, "either { email: 'on-call@example.com' } or"],
  ['environments.dev.alarms', { email: 'a@example.com', topicArn: 'arn:aws:sns:x' }, 'either { email'],
  ['environments.dev.api.endpoint', 'private', 'regional or edge'],
  ['environments.dev.api.throttle.burst', 5_001, 'a whole number from 1 to 5000'],
  ['environments.dev.apiLogRole', 'none', 'create or existing'],
  ['environments.dev.publishers', ['arn:aws:iam::1:user/x'], 'the ARN of an IAM role'],
  ['emit.attributes', ['given name'], 'a field of the Auth0 user'],
  ['emit.attributes', ['email'], 'they are always sent'],
  ['emit.attributes', ['name', 'name'], 'each attribute once'],
  ['systems.crm.baseUrl', 'http://crm.example.com', 'an https URL without query and trailing slash'],
  ['systems.crm.baseUrl', 'https://crm.example.com/', 'an https URL without query and trailing slash'],
  ['systems.crm.baseUrl', 'https://key@crm.example.com', 'an https URL without query and trailing slash'],
  [
    'systems.crm.kind',
    'ldap',
    "an object with kind: 'profile', 'scim', 'webhook', 'eventbridge', 'custom', 'auth0' or 'sqs'",
  ],
  ['systems.crm.state', 'off', 'active or retired'],
  ['systems.crm.concurrency.maxConcurrency', 1, 'a whole number from 2 to 1000'],
  ['systems.crm.retry.horizonHours', 12, 'a whole number from 24 to 336'],
  ['systems.crm.timeouts.requestSeconds', 2.5, 'a whole number from 1 to 179'],
  ['systems.crm.timeouts.requestSeconds', 180, 'a whole number from 1 to 179'],
  ['systems.crm.correlate', ['email'], 'an object with no other keys than attribute, from'],
  ['systems.crm.correlate', [{ attribute: 'externalId' }], 'an attribute other than id and externalId'],
  ['systems.crm.correlate', [{ attribute: 'userName eq "x" or userName' }], 'a SCIM attribute path'],
  ['systems.crm.correlate', Array(6).fill({ attribute: 'userName' }), 'at most 5 rules'],
  [
    'systems.crm.correlate',
    [{ attribute: 'userName', from: 'user.name' }],
    'a user attribute as an event has it',
  ],
  ['systems.crm.adopt', 'yes', 'true or false'],
  ['systems.crm.adopt', true, 'true only with a rule in correlate from email, user_id or app_metadata'],
  ['systems.crm.trustVerifiedEmailFrom.strategies', 'auth0', 'a list, each the name of a strategy'],
  ['systems.crm.retry.capSeconds', 43_201, 'a whole number from 1 to 43200'],
])('rejects %s = %j and says what is allowed', (path, value, allowed) => {
  const [problem, ...others] = problemsWith(path, value);
  expect(others).toEqual([]);
  expect(problem).toContain(path);
  expect(problem).toContain('given ');
  expect(problem).toContain(allowed);
});

test('rejects a wrong value with its path, what was given and what is allowed, on one line', () => {
  expect(problemsWith('environments.dev.api.endpoint', 'private')).toEqual([
    'environments.dev.api.endpoint: given "private"; allowed is regional or edge.',
  ]);
});

test('rejects two environments of one tenant, whose Action could call one of their stacks only', () => {
  const other = { tenant: 'acme.eu.auth0.com', alarms: { email: 'on-call@example.com' } };
  expect(problemsWith('environments.prod', other)).toEqual([
    'environments.prod.tenant: given "acme.eu.auth0.com"; allowed is a tenant of its own: this is the one of dev.',
  ]);
  expect(problemsWith('environments.prod', { ...other, tenant: 'acme-prod.eu.auth0.com' })).toEqual([]);
});

test('rejects an unknown key wherever it is, and names the known ones', () => {
  expect(problemsWith('systems.crm.retry.horizon', 48)).toEqual([
    'systems.crm.retry.horizon: given an unknown key; allowed is an object with no other keys than ' +
      'baseSeconds, capSeconds, horizonHours, minAttempts.',
  ]);
  for (const path of ['colour', 'emit.x', 'environments.dev.x', 'environments.dev.api.x', 'systems.crm.x']) {
    expect(problemsWith(path, 1)).toEqual([expect.stringContaining(`${path}: given an unknown key`)]);
  }
});

test.each(['CRM', '1st', 'a_b', 'a'.repeat(32), 'quarantine', 'all', 'constructor'])(
  'rejects the system name %j',
  (name) => {
    expect(problemsOf({ ...SMALLEST, systems: { [name]: SMALLEST.systems.crm } })).toEqual([
      expect.stringContaining(`given the name "${name}"`),
    ]);
  },
);

test('rejects names that are one without their dashes, as the names of outputs have none', () => {
  const { crm } = SMALLEST.systems;
  expect(problemsOf({ ...SMALLEST, systems: { 'desk-1': crm, desk1: crm } })).toEqual([
    expect.stringMatching(/^systems: given .*; allowed is names that still differ without their dashes/),
  ]);
  expect(problemsOf({ ...SMALLEST, systems: { 'help-desk': crm, helpdesk: crm } })).toEqual([]);
});

test('rejects what would overwrite the key of a profile row', () => {
  const profile = { kind: 'profile', attributes: ['user_id'], defaults: { externalId: 1 } };
  expect(problemsOf({ ...SMALLEST, systems: { profile } })).toEqual([
    expect.stringContaining('systems.profile.attributes.0: given "user_id"'),
    expect.stringContaining('systems.profile.defaults: given the name "externalId"'),
  ]);
});

test('rejects a configuration without systems, without environments, or with more than filters can tell apart', () => {
  const hundredAndOne = Array.from({ length: 101 }, (_, index) => [`s${index}`, SMALLEST.systems.crm]);
  expect(problemsOf({ ...SMALLEST, systems: {} })).toEqual([expect.stringContaining('at least one system')]);
  expect(problemsOf({ ...SMALLEST, environments: {} })).toEqual([
    expect.stringContaining('at least one environment'),
  ]);
  expect(problemsOf({ ...SMALLEST, systems: Object.fromEntries(hundredAndOne) })).toEqual([
    expect.stringContaining('at most 100 systems'),
  ]);
});

test.each([
  ['systems.crm.retry.minAttempts', 27, 'systems.crm.retry: given a budget of 324 hours'],
  [
    'systems.crm.retry',
    { horizonHours: 324, capSeconds: 43_200 },
    'systems.crm.retry: given a budget of 324 hours',
  ],
  ['systems.crm.retry.minAttempts', 26, ''],
  ['systems.crm.timeouts.requestSeconds', 179, ''],
])('values must fit together: %s = %j gives %j', (path, value, problem) => {
  expect(problemsWith(path, value)).toEqual(problem === '' ? [] : [expect.stringContaining(problem)]);
});

test('rejects a longest delay that is shorter than the first', () => {
  expect(problemsWith('systems.crm.retry', { baseSeconds: 900, capSeconds: 600 })).toEqual([
    'systems.crm.retry.capSeconds: given 600; allowed is at least retry.baseSeconds.',
  ]);
});

test.each([
  [{ perSecond: 1 }, ''],
  [{ perSecond: 0.1 }, 'systems.crm.rate.perSecond: given 0.1 with 50 messages worked on at once'],
  [{ perSecond: 0 }, 'systems.crm.rate.perSecond: given 0; allowed is a number from 0.1 to 10000'],
])(
  'a function lives long enough to wait for its turns, or the rate is refused: %j gives %j',
  (rate, problem) => {
    expect(problemsWith('systems.crm.rate', rate)).toEqual(
      problem === '' ? [] : [expect.stringContaining(problem)],
    );
  },
);

test('rejects a longest pause of the breaker that is shorter than the first', () => {
  expect(problemsWith('systems.crm.breaker', { pauseSeconds: 60, longestPauseSeconds: 59 })).toEqual([
    'systems.crm.breaker.longestPauseSeconds: given 59; allowed is at least breaker.pauseSeconds.',
  ]);
});

test.each([
  [{ horizonHours: 168 }, '900 with horizonHours 168, so about 2240 receives'],
  [{ capSeconds: 1 }, '1 with horizonHours 24, so about 288000 receives'],
  [{ capSeconds: 338 }, '338 with horizonHours 24, so about 853 receives'],
])('rejects retries that the queue would cut short: %j', (retry, given) => {
  expect(problemsWith('systems.crm.retry', retry)).toEqual([
    `systems.crm.retry.capSeconds: given ${given} of a message; allowed is such that ` +
      '10/3 x horizonHours x 3600 / capSeconds is at most 850, ' +
      'as the queue gives a message up after 1000 receives.',
  ]);
});

test.each([{}, { capSeconds: 339 }, { horizonHours: 168, capSeconds: 2_372 }])(
  'retries that fit below the receives of the queue are taken: %j',
  (retry) => expect(problemsWith('systems.crm.retry', retry)).toEqual([]),
);

test('lists every problem at once, and no call stack around them', () => {
  const wrong = {
    environments: { dev: { tenant: 1, alarms: {} } },
    systems: { crm: { kind: 'scim', baseUrl: 'ftp://x', retry: { minAttempts: 99 } } },
  };
  const problems = problemsOf(wrong);
  expect(problems).toHaveLength(4);
  const error = new ConfigurationError(problems);
  expect(error.message).toMatch(/^punctual\.config\.ts has 4 problems:\n/);
  expect(error.stack).toBe(`ConfigurationError: ${error.message}`);
});

describe('what a rule of correlate needs', () => {
  const withRules = (fields: object) =>
    problemsOf({ ...SMALLEST, systems: { crm: { ...SMALLEST.systems.crm, ...fields } } });
  const byName = { attribute: 'userName', from: 'username' };

  test('is something that nobody can say of themselves, where it may adopt', () => {
    expect(withRules({ correlate: [byName], adopt: true })).toHaveLength(1);
    expect(withRules({ correlate: [byName, { attribute: 'emails.value' }], adopt: true })).toEqual([]);
    expect(withRules({ correlate: [byName] })).toEqual([]);
  });

  test('is time for its look-ups', () => {
    const correlate = [byName, byName];
    expect(withRules({ correlate, timeouts: { requestSeconds: 99 } })).toEqual([]);
    expect(withRules({ correlate, timeouts: { requestSeconds: 100 } })).toEqual([
      expect.stringContaining('given 100 with 2 rules in correlate; allowed is such that all calls'),
    ]);
  });
});
