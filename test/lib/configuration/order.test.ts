import { ConfigurationError, type ConfigurationInput, defineConfiguration } from '../../../lib/configuration';
import { withWorker } from '../../../lib/configuration/has-worker';
import { mappingRulesOf } from '../../../lib/connectors/mapping-rules-of';

const ENVIRONMENTS = { dev: { tenant: 'acme.eu.auth0.com', alarms: { email: 'on-call@example.com' } } };
const url = 'https://hooks.example.com/';

const configured = (systems: Record<string, object>) =>
  defineConfiguration({ environments: ENVIRONMENTS, systems } as ConfigurationInput);

function problemsWith(systems: Record<string, object>): readonly string[] {
  try {
    configured(systems);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

const profile = (fields: object = {}) => ({ kind: 'profile', attributes: ['email'], ...fields });

test('a system may come after others, and its mapping may use their accounts', () => {
  const mapping = { hrId: { account: 'hr', write: 'onCreate' } };
  const systems = { hr: profile(), badge: profile({ after: ['hr'], mapping }) };
  const { badge } = withWorker(configured(systems).systems);
  if (badge === undefined) throw new Error('There is no badge.');
  expect(mappingRulesOf(badge)).toContainEqual({ to: 'hrId', account: 'hr', write: 'onCreate' });
});

test('the same system may be waited for by many, over many ways', () => {
  const systems = {
    a: profile(),
    b: profile({ after: ['a'] }),
    c: profile({ after: ['a'] }),
    d: profile({ after: ['b', 'c', 'a'] }),
  };
  expect(problemsWith(systems)).toEqual([]);
});

test.each([
  ['itself', { hr: profile({ after: ['hr'] }) }, 'does not itself wait'],
  ['a cycle', { a: profile({ after: ['b'] }), b: profile({ after: ['a'] }) }, 'does not itself wait'],
  ['an unknown name', { hr: profile({ after: ['hrr'] }) }, 'the name of a system'],
  ['a name that every object has', { hr: profile({ after: ['to-string'] }) }, 'the name of a system'],
  ['a retired system', { hr: profile({ state: 'retired' }), b: profile({ after: ['hr'] }) }, 'active'],
  [
    'a system that never says which account it made',
    { hr: { kind: 'webhook', url, signOff: 'none' }, b: profile({ after: ['hr'] }) },
    'signOff none',
  ],
  [
    'a system without links',
    { hr: { kind: 'sqs' }, b: profile({ after: ['hr'] }) },
    'a system that has links',
  ],
  [
    'an account that nobody waits for',
    { hr: profile(), b: profile({ mapping: { hrId: { account: 'hr' } } }) },
    'named in after',
  ],
  [
    'a system that makes its accounts later',
    { hr: profile({ provisionAt: 'login' }), b: profile({ after: ['hr'] }) },
    'no later',
  ],
  ['six systems', { hr: profile({ after: ['a', 'b', 'c', 'd', 'e', 'f'] }) }, 'at most 5'],
])('rejects %s', (_, systems, words) => {
  expect(problemsWith(systems).join('\n')).toContain(words);
});

test('rejects an account beside another source, and as the user name', () => {
  const both = { after: ['hr'], mapping: { hrId: { account: 'hr', from: ['email'] } } };
  expect(problemsWith({ hr: profile(), b: profile(both) }).join()).toContain('either from, value or account');
  const scim = { kind: 'scim', baseUrl: 'https://crm.example.com', after: ['hr'] };
  const mapping = { userName: { account: 'hr' } };
  expect(problemsWith({ hr: profile(), b: { ...scim, mapping } }).join()).toContain('a user name of its own');
});
