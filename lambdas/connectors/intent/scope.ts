import type { AttributeValue, UserEvent } from '../../../events/event-schema';
import type { Intent, Scoped } from '../../user-links/intent';
import type { AcceptedEvent } from '../authenticity/accepted-event';
import type { ScopeCondition, ScopeRule } from './scope-rule';

/** What an event says of one condition; undefined where it does not say. */
export interface Finding {
  /** `connection`, or the name of an attribute. */
  readonly of: string;
  readonly holds: boolean | undefined;
}

export type Scope = (accepted: AcceptedEvent) => Pick<Intent, 'scope' | 'firstScope'>;

/** Whether a system's scope has the user of an event. */
export function createScope(rule: ScopeRule | null): Scope {
  if (rule === null) return () => ({ scope: 'everybody', firstScope: 'everybody' });
  return ({ event, unsigned }) => ({
    // Whoever invents a user may ask for an account; of users who are there they say nothing.
    scope: unsigned ? 'unknown' : scopedBy(findingsOf(rule, event, { byLogin: false })),
    firstScope: scopedBy(findingsOf(rule, event, { byLogin: true })),
  });
}

/**
 * What an event says of each condition of a scope.
 *
 * @param byLogin true to take the connection of a login for that of the user, whom it may only be linked to
 */
export function findingsOf(
  { connections, strategies, where = [] }: ScopeRule,
  event: UserEvent,
  { byLogin }: { readonly byLogin: boolean },
): Finding[] {
  const isAsked = connections !== undefined || strategies !== undefined;
  const holds = connectionHolds({ connections, strategies }, event, byLogin);
  const { user } = event.data;
  return [
    ...(isAsked ? [{ of: 'connection', holds }] : []),
    ...where.map((condition) => {
      const value = Object.hasOwn(user, condition.of) ? user[condition.of] : undefined;
      return { of: condition.of, holds: value === undefined ? undefined : conditionHolds(condition, value) };
    }),
  ];
}

/** One condition that does not hold is enough, whatever else is not known. */
export function scopedBy(findings: readonly Finding[]): Scoped {
  if (findings.some(({ holds }) => holds === false)) return 'outside';
  return findings.every(({ holds }) => holds === true) ? 'inside' : 'unknown';
}

function connectionHolds(
  { connections = [], strategies = [] }: { [K in 'connections' | 'strategies']: ScopeRule[K] | undefined },
  { type, data: { connection } }: UserEvent,
  byLogin: boolean,
): boolean | undefined {
  if (connection === undefined || (type === 'user.logged-in' && !byLogin)) return undefined;
  return connections.includes(connection.name) || strategies.includes(connection.strategy);
}

// Of a list one member is enough, as of roles.
function conditionHolds(condition: ScopeCondition, value: AttributeValue): boolean {
  const all = Array.isArray(value) ? value : [value];
  const values = all.filter((one) => one !== null).filter((one) => one !== '');
  if ('exists' in condition) return values.length > 0 === condition.exists;
  return values.some((one) => condition.oneOf.includes(one));
}
