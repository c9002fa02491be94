import { BANNER_START } from '../../../auth0-actions/banner';
import { deployedVersion } from './stored-action';
import type { Tenant } from './tenant';

/** What runs in a tenant: code and secrets of a version, which never change. */
export interface DeployedAction {
  /** Of the version. */
  readonly id: string;
  readonly code: string;
  readonly secrets: Readonly<Record<string, string>>;
}

/** Our Action, when it is deployed and bound to the trigger. Those of others are not run. */
export function deployedAction(tenant: Tenant, triggerId: string): DeployedAction | undefined {
  const bound = tenant.bindingsOf(triggerId).map(({ actionId }) => deployedVersion(tenant.action(actionId)));
  const ours = bound.find((version) => version?.code.startsWith(BANNER_START));
  if (ours === undefined) return undefined;
  const secrets = Object.fromEntries(ours.secrets.map(({ name, value }) => [name, value]));
  return { id: ours.id, code: ours.code, secrets };
}
