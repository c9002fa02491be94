import type { EventUser } from '../../events/event-schema';
import type { AccountRequest } from '../../lambdas/connectors/connector';
import { createMapping } from '../../lambdas/connectors/intent/mapping';
import type { MappingRule } from '../../lambdas/connectors/intent/mapping-rule';
import { SCIM_RULES } from '../../lib/connectors/mapping-rules-of';

/** What a system is asked for, from what an event says of a user. */
export function anAccountRequest(
  user: Partial<EventUser> = {},
  { rules = SCIM_RULES, externalId }: { rules?: readonly MappingRule[]; externalId?: string } = {},
): AccountRequest {
  const whole = { user_id: 'auth0|1', ...user } as EventUser;
  const userId = whole.user_id;
  const attributes = createMapping(rules).attributesOf(whole);
  return { externalId: externalId ?? `acme/dev/${userId}`, userId, attributes };
}

/** A profile takes attributes over under their own names. */
export const sameNames = (...names: string[]): MappingRule[] =>
  names.map((name) => ({ to: name, from: [name] }));
