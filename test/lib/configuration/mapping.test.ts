import { createMapping } from '../../../lambdas/connectors/intent/mapping';
import {
  type Configuration,
  ConfigurationError,
  type ConfigurationInput,
  defineConfiguration,
} from '../../../lib/configuration';
import { withWorker } from '../../../lib/configuration/has-worker';
import { mappingRulesOf, SCIM_RULES } from '../../../lib/connectors/mapping-rules-of';

const DEPARTMENT = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department';

function configured(mapping: unknown, kind: 'scim' | 'profile' = 'scim'): Configuration {
  const own = kind === 'scim' ? { baseUrl: 'https://crm.example.com' } : { attributes: ['email', 'plan'] };
  return defineConfiguration({
    environments: { dev: { tenant: 'acme.eu.auth0.com', alarms: { email: 'on-call@example.com' } } },
    emit: { attributes: ['given_name', 'nickname', 'user_metadata.job', 'app_metadata.plan'] },
    systems: { crm: { kind, ...own, ...(mapping === undefined ? {} : { mapping }) } },
  } as ConfigurationInput);
}

function rulesOf(...parts: Parameters<typeof configured>) {
  const { crm } = withWorker(configured(...parts).systems);
  if (crm === undefined) throw new Error('There is no crm.');
  return mappingRulesOf(crm);
}

function problemsWith(...parts: Parameters<typeof configured>): readonly string[] {
  try {
    configured(...parts);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

test('without a mapping each kind has its own', () => {
  expect(rulesOf(undefined)).toEqual(SCIM_RULES);
  expect(rulesOf(undefined, 'profile')).toEqual([
    { to: 'email', from: ['email'] },
    { to: 'plan', from: ['plan'] },
  ]);
});

test('a mapping adds to the defaults, replaces one in its place, and takes one away', () => {
  const rules = rulesOf({
    title: { from: ['user_metadata.job'], maxLength: 80 },
    displayName: { from: ['nickname', 'given_name'], write: 'onCreate', whenCleared: 'leave' },
    'name.familyName': null,
    [DEPARTMENT]: { value: 'Customers' },
  });
  expect(rules).toEqual([
    SCIM_RULES[0],
    {
      ...{ to: 'displayName', from: ['nickname', 'given_name'], text: true },
      ...{ write: 'onCreate', whenCleared: 'leave' },
    },
    { to: 'name.givenName', from: ['given_name'], text: true },
    { to: 'emails', from: ['email'], text: true },
    { to: 'title', from: ['user_metadata_job'], maxLength: 80, text: true },
    { to: DEPARTMENT, otherwise: 'Customers', text: true },
  ]);
});

test('a profile takes lists and numbers as they are, and a text where it is asked for one', () => {
  expect(
    rulesOf({ plan: { from: ['app_metadata.plan'] }, name: { from: ['email'], lowerCase: true } }, 'profile'),
  ).toEqual([
    { to: 'email', from: ['email'] },
    { to: 'plan', from: ['app_metadata_plan'] },
    { to: 'name', from: ['email'], lowerCase: true, text: true },
  ]);
});

test('a joined name is that of the user', () => {
  const rules = rulesOf({ displayName: { from: ['given_name', 'nickname'], join: ' ', otherwise: 'Guest' } });
  const of = (fields: object) => createMapping(rules).attributesOf({ user_id: 'x', ...fields })[1];
  expect(of({ given_name: 'Ada', nickname: 'al' })).toMatchObject({ act: 'set', value: 'Ada al' });
  expect(of({ given_name: null, nickname: '' })).toMatchObject({ act: 'set', value: 'Guest' });
});

test('rejects an attribute that no event has, where it stands', () => {
  expect(problemsWith({ title: { from: ['email', 'user_metadata.jobs'] } })).toEqual([
    'systems.crm.mapping.title.from.1: given "user_metadata.jobs"; allowed is an attribute that events have: add it to emit.attributes, or take one that is always sent (user_id, created_at, updated_at, email, email_verified, username).',
  ]);
});

test.each(['id', 'externalId', 'schemas', 'active', 'meta', 'password', 'groups', 'roles', 'entitlements'])(
  'rejects %s, which is not for a profile to say',
  (name) => {
    expect(problemsWith({ [name]: { from: ['email'] } })).toEqual([
      expect.stringMatching(new RegExp(`^systems\\.crm\\.mapping: given the name "${name}"; .*Never id`)),
    ]);
  },
);

test.each([
  'urn:ietf:params:scim:schemas:core:2.0:User:password',
  'urn:ietf:params:scim:api:messages:2.0:PatchOp:x',
  'urn:x',
  'name.__proto__',
  '__proto__.x',
  'emails[type eq "work"].value',
])('rejects %s, which is no attribute of ours to set', (name) => {
  expect(problemsWith({ [name]: { from: ['email'] } })).toHaveLength(1);
});

test.each(['user_id', 'externalId', 'active'])('rejects %s in a profile', (name) => {
  expect(problemsWith({ [name]: { from: ['email'] } }, 'profile')).toHaveLength(1);
});

test.each([
  [{ title: {} }, 'systems.crm.mapping.title', 'an object with either from, value or account'],
  [{ title: { from: ['email'], value: 'x' } }, 'systems.crm.mapping.title', 'either from, value or account'],
  [{ title: { value: 'x', lowerCase: true } }, 'systems.crm.mapping.title', 'stand beside from'],
  [{ title: { from: [] } }, 'systems.crm.mapping.title.from', 'at least one attribute'],
  [{ title: { from: 'email' } }, 'systems.crm.mapping.title.from', 'a list of attributes'],
  [{ title: { from: ['blocked'] } }, 'systems.crm.mapping.title.from.0', 'an attribute that events have'],
  [{ title: { from: ['user_metadata_job'] } }, 'systems.crm.mapping.title.from.0', 'events have'],
  [{ title: { from: ['user.email'] } }, 'systems.crm.mapping.title.from.0', 'user_metadata.department'],
  [{ title: { from: ['email'], form: 'x' } }, 'systems.crm.mapping.title.form', 'no other keys than from'],
  [{ title: { from: ['email'], write: 'never' } }, 'systems.crm.mapping.title.write', 'always, ifEmpty'],
  [{ title: { from: ['email'], otherwise: 5 } }, 'systems.crm.mapping.title.otherwise', 'a text'],
  [{ title: { value: true } }, 'systems.crm.mapping.title.value', 'a text'],
  [{ title: { value: '' } }, 'systems.crm.mapping.title.value', 'a text of 1 to'],
  [{ title: { from: ['email'], maxLength: 0 } }, 'systems.crm.mapping.title.maxLength', 'a whole number'],
  [{ title: 'email' }, 'systems.crm.mapping.title', 'an object'],
  [{ userName: null }, 'systems.crm.mapping.userName', 'a user name of its own'],
  [{ userName: { value: 'ada' } }, 'systems.crm.mapping.userName', 'a user name of its own'],
  ['title', 'systems.crm.mapping', 'an object that says where each attribute comes from'],
])('rejects %j with its path and what is allowed', (mapping, path, allowed) => {
  const problems = problemsWith(mapping);
  expect(problems).toHaveLength(1);
  expect(problems[0]?.startsWith(`${path}: given `)).toBe(true);
  expect(problems[0]).toContain(allowed);
});

test('rejects more rules than the environment of a function can hold', () => {
  const many = Object.fromEntries(
    Array.from({ length: 40 }, (_, index) => [`column_${index}`, { from: ['user_metadata.job'] }]),
  );
  expect(problemsWith(many, 'profile')).toEqual([
    expect.stringMatching(/^systems\.crm\.mapping: given \d+ characters; allowed is at most 1500 characters/),
  ]);
});
