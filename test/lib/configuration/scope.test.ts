import { ConfigurationError, type ConfigurationInput, defineConfiguration } from '../../../lib/configuration';
import { withWorker } from '../../../lib/configuration/has-worker';
import { termsOf } from '../../../lib/configuration/terms-of';
import { scopeRuleOf } from '../../../lib/connectors/scope-rule-of';

function configured(scope: unknown) {
  const { systems } = defineConfiguration({
    environments: { dev: { tenant: 'acme.eu.auth0.com', alarms: { email: 'on-call@example.com' } } },
    emit: { attributes: ['app_metadata.plan'] },
    systems: { crm: { kind: 'scim', baseUrl: 'https://crm.example.com', scope } },
  } as ConfigurationInput);
  const { crm } = withWorker(systems);
  return crm && termsOf(crm).scope;
}

function problemsWith(scope: unknown): readonly string[] {
  try {
    configured(scope);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

test('a system without a scope has everybody, and one with a scope disables who leaves', () => {
  expect(scopeRuleOf(configured(undefined))).toBeNull();
  expect(configured({ connections: ['employees'] })).toMatchObject({ onLeave: 'disable' });
});

test('a scope reaches its function under the names that events have', () => {
  const scope = configured({
    strategies: ['samlp'],
    where: [
      { attribute: 'app_metadata.plan', oneOf: ['gold', 7, true] },
      { attribute: 'email', exists: false },
    ],
  });
  expect(scopeRuleOf(scope)).toEqual({
    strategies: ['samlp'],
    where: [
      { of: 'app_metadata_plan', oneOf: ['gold', 7, true] },
      { of: 'email', exists: false },
    ],
  });
});

const where = (...conditions: unknown[]) => ({ where: conditions });

test.each([
  [{}, 'scope', 'an object with connections, strategies or where'],
  [{ onLeave: 'keep' }, 'scope', 'an object with connections, strategies or where'],
  [{ connections: [] }, 'scope.connections', 'at least one of the names of connections'],
  [{ connections: 'employees' }, 'scope.connections', 'a list of names of connections'],
  [{ connections: [''] }, 'scope.connections.0', 'a text of 1 to 128 characters'],
  [{ connections: ['a'], onLeave: 'erase' }, 'scope.onLeave', 'disable, delete or keep'],
  [{ connection: ['a'] }, 'scope.connection', 'no other keys than connections'],
  [where({ attribute: 'app_metadata.plan' }), 'scope.where.0', 'either oneOf or exists'],
  [where({ attribute: 'email', oneOf: ['x'], exists: true }), 'scope.where.0', 'either oneOf or exists'],
  [where({ attribute: 'email', oneOf: [] }), 'scope.where.0.oneOf', 'at least one value'],
  [where({ attribute: 'email', oneOf: [null] }), 'scope.where.0.oneOf.0', 'a text, a number, true or false'],
  [where({ attribute: 'app_metadata.plans', exists: true }), 'scope.where.0.attribute', 'emit.attributes'],
  [where({ attribute: 'blocked', exists: true }), 'scope.where.0.attribute', 'an attribute that events have'],
  [{ where: [] }, 'scope.where', 'at least one condition'],
])('rejects %j with its path and what is allowed', (scope, path, allowed) => {
  const problems = problemsWith(scope);
  expect(problems.length).toBeGreaterThan(0);
  expect(problems[0]?.startsWith(`systems.crm.${path}: given `)).toBe(true);
  expect(problems[0]).toContain(allowed);
});
