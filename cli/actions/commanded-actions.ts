import { ACTIONS, type ActionDefinition } from '../../auth0-actions/actions';

/**
 * Whether commands bring this Action into the tenant: one that the list of its trigger runs. The one behind an event
 * stream is named by the stream and signs with another secret; docs/auth0.md says how to bring it.
 */
export function isCommanded({ issuer }: Pick<ActionDefinition, 'issuer'>): boolean {
  return issuer === 'actions';
}

export const COMMANDED_ACTIONS: readonly ActionDefinition[] = ACTIONS.filter(isCommanded);
