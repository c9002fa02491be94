import { type Configured, settingsOf } from '../../auth0-actions/settings-of';

function aConfiguration(overrides: Partial<Configured> = {}): Configured {
  return {
    emit: { attributes: ['name', 'given_name'] },
    systems: {
      crm: { kind: 'scim', state: 'active', required: false, provisionAt: 'registration' },
      tickets: { kind: 'scim', state: 'active', required: true, provisionAt: 'login' },
      ledger: { kind: 'sqs', state: 'active' },
      old: { kind: 'scim', state: 'retired', required: true },
    },
    jit: { default: true, connections: { github: false, employees: ['crm'] } },
    login: { rampHours: 24, claimNamespace: 'https://acme.com/', statusPage: { onFailed: 'stop' } },
    ...overrides,
  };
}

const of = (overrides?: Partial<Configured>) =>
  settingsOf(aConfiguration(overrides), ['https://punctual/dev']);
const { systems } = aConfiguration();

test('the Actions know what is configured of systems that are active and have links', () => {
  expect(of()).toMatchObject({
    ...{ attributes: ['name', 'given_name'], claimNamespace: 'https://acme.com/', rampHours: 24 },
    ...{ audiences: ['https://punctual/dev'], stopsOnFailed: true },
    systems: [{ name: 'crm' }, { name: 'tickets', required: true }],
    rule: { jit: true },
    rules: { github: { jit: false }, employees: { jit: ['crm'] } },
  });
});

test('the Actions know that people are invited, in whichever environment', () => {
  expect(of()).not.toHaveProperty('hasInvitations');
  expect(of({ environments: { dev: {} } })).not.toHaveProperty('hasInvitations');
  expect(of({ environments: { dev: {}, prod: { invitations: {} } } })).toMatchObject({
    hasInvitations: true,
  });
});

test('connections with another rule have another revision', () => {
  const { rule, rules } = of();
  expect(new Set([rule.rev, rules.github?.rev, rules.employees?.rev]).size).toBe(3);
  expect(rule.rev).toMatch(/^[\w-]{12}$/);
});

test('the order in which somebody wrote things down makes no revision', () => {
  const reversed = Object.fromEntries(Object.entries(systems).toReversed());
  const other = of({ systems: reversed, emit: { attributes: ['given_name', 'name'] } });
  expect(other.rule.rev).toBe(of().rule.rev);
});

test.each<[string, Partial<Configured>]>([
  ['another system', { systems: { ...systems, billing: { kind: 'scim', state: 'active' } } }],
  [
    'another system whose queue somebody else works off',
    { systems: { ...systems, b: { kind: 'sqs', state: 'active' } } },
  ],
  ['one system fewer', { systems: { crm: systems.crm as never } }],
  [
    'another scope',
    {
      systems: {
        ...systems,
        crm: { kind: 'scim', state: 'active', provisionAt: 'registration', scope: { a: 1 } },
      },
    },
  ],
  [
    'another time at which accounts are made',
    { systems: { ...systems, crm: { kind: 'scim', state: 'active', provisionAt: 'use' } } },
  ],
  ['another attribute', { emit: { attributes: ['name'] } }],
  ['another rule', { jit: { default: ['crm'], connections: {} } }],
])('%s makes another revision', (_, overrides) => {
  expect(of(overrides).rule.rev).not.toBe(of().rule.rev);
});

test.each<[string, Partial<Configured>]>([
  [
    'a retired system that is gone',
    { systems: { crm: systems.crm, tickets: systems.tickets, ledger: systems.ledger } as never },
  ],
  ['who has to be waited for', { systems: { ...systems, crm: { ...systems.crm, required: true } as never } }],
  ['a rule of another connection', { jit: { default: true, connections: {} } }],
  [
    'how the page looks',
    { login: { rampHours: 1, claimNamespace: 'https://b.example/', statusPage: { onFailed: 'continue' } } },
  ],
])('%s makes none', (_, overrides) => {
  expect(of(overrides).rule.rev).toBe(of().rule.rev);
});
