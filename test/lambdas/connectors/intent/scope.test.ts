import { buildEvent } from '../../../../events/build-event';
import type { EventUser } from '../../../../events/event-schema';
import type { EventType } from '../../../../events/event-types';
import { createScope, findingsOf, scopedBy } from '../../../../lambdas/connectors/intent/scope';
import type { ScopeRule } from '../../../../lambdas/connectors/intent/scope-rule';
import { anAcceptedEvent, NOW } from '../../../helpers/events';

interface Told {
  readonly type?: EventType;
  readonly connection?: { name: string; strategy: string };
  readonly user?: object;
  readonly unsigned?: boolean;
}

function anAccepted({ type = 'user.updated', connection, user = {}, unsigned = false }: Told) {
  const parts = { id: 'e1', source: 'urn:auth0:acme', type, at: NOW };
  const whole = { user_id: 'auth0|1', ...user } as EventUser;
  const event = buildEvent({ ...parts, user: whole, ...(connection === undefined ? {} : { connection }) });
  return anAcceptedEvent({ event, unsigned });
}

const scopeOf = (rule: ScopeRule | null, told: Told) => createScope(rule)(anAccepted(told));
const EMPLOYEES = { name: 'employees', strategy: 'samlp' };
const CUSTOMERS = { name: 'customers', strategy: 'auth0' };

test('a system without a scope has everybody', () => {
  expect(scopeOf(null, {})).toEqual({ scope: 'everybody', firstScope: 'everybody' });
});

describe('a scope by connection', () => {
  test.each([
    [{ connections: ['employees'] }, EMPLOYEES, 'inside'],
    [{ connections: ['employees'] }, CUSTOMERS, 'outside'],
    [{ connections: ['a', 'employees'] }, EMPLOYEES, 'inside'],
    [{ strategies: ['samlp', 'waad'] }, EMPLOYEES, 'inside'],
    [{ strategies: ['waad'] }, EMPLOYEES, 'outside'],
    [{ connections: ['x'], strategies: ['samlp'] }, EMPLOYEES, 'inside'],
    [{ connections: ['EMPLOYEES'] }, EMPLOYEES, 'outside'],
    [{ connections: ['employees'] }, undefined, 'unknown'],
  ])('%j has a user of %j: %s', (rule, connection, scope) => {
    const told = connection === undefined ? {} : { connection };
    expect(scopeOf(rule, told).scope).toBe(scope);
  });

  test('takes the connection of a login only where nothing is known: it may be a linked one', () => {
    const told = { type: 'user.logged-in', connection: CUSTOMERS } as const;
    expect(scopeOf({ connections: ['employees'] }, told)).toEqual({
      scope: 'unknown',
      firstScope: 'outside',
    });
  });
});

describe('a scope by an attribute', () => {
  const oneOf = (...values: (string | number | boolean)[]) => ({ where: [{ of: 'plan', oneOf: values }] });
  const exists = (is: boolean) => ({ where: [{ of: 'plan', exists: is }] });

  test.each([
    [oneOf('gold'), { plan: 'gold' }, 'inside'],
    [oneOf('gold', 'silver'), { plan: 'silver' }, 'inside'],
    [oneOf('gold'), { plan: 'Gold' }, 'outside'],
    [oneOf('gold'), { plan: ['tin', 'gold'] }, 'inside'],
    [oneOf('gold'), { plan: ['tin'] }, 'outside'],
    [oneOf('gold'), { plan: [] }, 'outside'],
    [oneOf('gold'), { plan: null }, 'outside'],
    [oneOf('gold'), {}, 'unknown'],
    [oneOf(true), { plan: true }, 'inside'],
    [oneOf(true), { plan: 'true' }, 'outside'],
    [oneOf(7), { plan: 7 }, 'inside'],
    [exists(true), { plan: 'x' }, 'inside'],
    [exists(true), { plan: false }, 'inside'],
    [exists(true), { plan: '' }, 'outside'],
    [exists(true), { plan: null }, 'outside'],
    [exists(true), { plan: [''] }, 'outside'],
    [exists(false), { plan: null }, 'inside'],
    [exists(false), { plan: 'x' }, 'outside'],
    [exists(false), {}, 'unknown'],
    [{ where: [{ of: 'constructor', exists: true }] }, {}, 'unknown'],
  ])('%j has a user of %j: %s', (rule, user, scope) => {
    expect(scopeOf(rule, { user }).scope).toBe(scope);
  });
});

test('all conditions hold; one that does not is enough, whatever is not known', () => {
  const rule = { connections: ['employees'], where: [{ of: 'plan', oneOf: ['gold'] }] };
  const told = (connection: Told['connection'], user: object) =>
    scopeOf(rule, { user, ...(connection && { connection }) }).scope;
  expect(told(EMPLOYEES, { plan: 'gold' })).toBe('inside');
  expect(told(EMPLOYEES, { plan: 'tin' })).toBe('outside');
  expect(told(CUSTOMERS, {})).toBe('outside');
  expect(told(undefined, { plan: 'tin' })).toBe('outside');
  expect(told(EMPLOYEES, {})).toBe('unknown');
});

test('an unsigned event says nothing of a user who is there', () => {
  const told = { user: { plan: 'gold' }, unsigned: true };
  expect(scopeOf({ where: [{ of: 'plan', oneOf: ['gold'] }] }, told)).toEqual({
    scope: 'unknown',
    firstScope: 'inside',
  });
});

test('what was found of each condition can be shown to an operator', () => {
  const rule = { strategies: ['samlp'], where: [{ of: 'plan', exists: true }] };
  const { event } = anAccepted({ connection: EMPLOYEES });
  const findings = findingsOf(rule, event, { byLogin: false });
  expect(findings).toEqual([
    { of: 'connection', holds: true },
    { of: 'plan', holds: undefined },
  ]);
  expect(scopedBy(findings)).toBe('unknown');
});
