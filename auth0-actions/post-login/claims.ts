import type { ActionSettings } from '../action-settings';
import { readValue } from '../emit/read-value';
import { connectionSnapshot, userSnapshot } from '../emit/user-snapshot';
import type { PostLoginApi, TokenClaims } from '../types';

/** What a token says of the accounts, which is never more than is known. */
export interface Provisioning {
  readonly state: 'ready' | 'requested' | 'pass-through' | 'unknown';
  /** Systems of which it was said in this very login. */
  readonly ready?: readonly string[];
  readonly failed?: readonly string[];
}

/** Says it in both tokens, and to the provisioning API who it is that comes. */
export function setClaims(
  event: unknown,
  { idToken, accessToken }: Pick<PostLoginApi, 'idToken' | 'accessToken'>,
  provisioning: Provisioning,
  settings: ActionSettings,
): void {
  const name = (claim: string) => `${settings.claimNamespace}${claim}`;
  for (const token of [idToken, accessToken]) set(token, name('provisioning'), provisioning);
  if (!isForProvisioningApi(event, settings)) return;
  const connection = connectionSnapshot(event);
  if (connection !== undefined) set(accessToken, name('connection'), connection);
  // The token says whose it is by itself.
  const { user_id: _, ...user } = userSnapshot(event, settings.attributes);
  set(accessToken, name('user'), user);
}

function set(token: TokenClaims, name: string, value: object): void {
  token.setCustomClaim(name, value);
}

function isForProvisioningApi(event: unknown, { audiences }: ActionSettings): boolean {
  const audience = readValue(event, 'resource_server.identifier');
  return typeof audience === 'string' && audiences.includes(audience);
}
