import { attributeName } from '../../events/attribute-name';
import type { ScopeCondition, ScopeRule } from '../../lambdas/connectors/intent/scope-rule';
import type { ScopeConfiguration } from '../configuration/scope-schema';

/** The scope of a system as its function is told it; null for a system that everybody has an account in. */
export function scopeRuleOf(scope: ScopeConfiguration | undefined): ScopeRule | null {
  if (scope === undefined) return null;
  const { connections, strategies, where } = scope;
  return {
    ...(connections !== undefined && { connections }),
    ...(strategies !== undefined && { strategies }),
    ...(where !== undefined && { where: where.map(conditionOf) }),
  };
}

function conditionOf({
  attribute,
  oneOf,
  exists = true,
}: NonNullable<ScopeConfiguration['where']>[number]): ScopeCondition {
  const of = attributeName(attribute);
  return oneOf === undefined ? { of, exists } : { of, oneOf };
}
