import { ConfigurationError, type ConfigurationInput, defineConfiguration } from '../../../lib/configuration';

const ENVIRONMENTS = { dev: { tenant: 'acme.eu.auth0.com', alarms: { email: 'on-call@example.com' } } };

function problemsWith(system: object): readonly string[] {
  try {
    defineConfiguration({ environments: ENVIRONMENTS, systems: { hr: system } } as ConfigurationInput);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

const webhook = { kind: 'webhook', url: 'https://hooks.example.com/', required: true };

test('a system that says which account it made may be required', () => {
  expect(problemsWith(webhook)).toEqual([]);
});

test.each([
  ['that never says so', { ...webhook, signOff: 'none' }, 'nobody would ever know'],
  ['that makes accounts on request alone', { ...webhook, provisionAt: 'use' }, 'before they ask'],
])('a system %s may not', (_, system, words) => {
  expect(problemsWith(system).join()).toContain(words);
});
