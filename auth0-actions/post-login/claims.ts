import { readValue } from '../../events/read-value';
import type { ActionSettings, LinkedSystem } from '../action-settings';
import { connectionSnapshot, userSnapshot } from '../emit/user-snapshot';
import type { PostLoginApi } from '../types';

/** What a token says of the accounts, which is never more than is known. */
export interface Provisioning {
  readonly state: 'ready' | 'requested' | 'pass-through' | 'unknown';
  /** Systems of which it was said in this very login. */
  readonly ready?: readonly string[];
  readonly failed?: readonly string[];
}

/** What somebody who knows said of the accounts. */
export interface Heard {
  readonly all: boolean;
  readonly ready: readonly string[];
  readonly failed: readonly string[];
}

/** As a token says it: of the systems alone in which the person is to have an account. */
export function provisioningBy(
  { all, ready, failed }: Heard,
  systems: readonly LinkedSystem[],
): Provisioning {
  const among = (names: readonly string[]) =>
    systems.map(({ name }) => name).filter((name) => names.includes(name));
  const unmade = among(failed);
  return {
    ...{ state: all ? 'ready' : 'requested', ready: among(ready) },
    ...(unmade.length === 0 ? {} : { failed: unmade }),
  };
}

/**
 * Says it in both tokens, and to the provisioning API who it is that comes.
 *
 * @param granted names of roles that the person was given in this login
 */
export function setClaims(
  event: unknown,
  { idToken, accessToken }: Pick<PostLoginApi, 'idToken' | 'accessToken'>,
  provisioning: Provisioning,
  settings: ActionSettings,
  granted: readonly string[] = [],
): void {
  const name = (claim: string) => `${settings.claimNamespace}${claim}`;
  const roles = settings.hasInvitations ? rolesOf(event, granted) : undefined;
  for (const token of [idToken, accessToken]) {
    token.setCustomClaim(name('provisioning'), provisioning);
    if (roles !== undefined) token.setCustomClaim(name('roles'), roles);
  }
  if (!isForProvisioningApi(event, settings)) return;
  const connection = connectionSnapshot(event);
  if (connection !== undefined) accessToken.setCustomClaim(name('connection'), connection);
  // The token says whose it is by itself.
  const { user_id: _, ...user } = userSnapshot(event, settings.attributes);
  accessToken.setCustomClaim(name('user'), user);
}

// Auth0 knows them as they were at the beginning of the login; `granted` came since.
function rolesOf(event: unknown, granted: readonly string[]): readonly string[] | undefined {
  const roles = readValue(event, 'authorization.roles');
  try {
    if (!Array.isArray(roles)) return granted.length > 0 ? granted : undefined;
    return [...new Set([...roles, ...granted])].filter((role) => typeof role === 'string');
  } catch {
    return undefined;
  }
}

function isForProvisioningApi(event: unknown, { audiences }: ActionSettings): boolean {
  const audience = readValue(event, 'resource_server.identifier');
  return typeof audience === 'string' && audiences.includes(audience);
}
