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
  const bound = tenant.bindingsOf(triggerId).map(({ actionId }) => oursOf(tenant, actionId));
  return bound.find((ours) => ours !== undefined);
}

/** Our Action as it is deployed behind an event stream. */
export interface DeployedStream extends DeployedAction {
  readonly streamId: string;
  readonly isOn: boolean;
}

/** The stream that hands its events to our Action, and what it runs. */
export function deployedStream(tenant: Tenant): DeployedStream | undefined {
  for (const { id: streamId, status, destination } of tenant.streams.list()) {
    if (destination.type !== 'action') continue;
    const ours = oursOf(tenant, destination.configuration.action_id);
    if (ours !== undefined) return { ...ours, streamId, isOn: status === 'enabled' };
  }
  return undefined;
}

function oursOf(tenant: Tenant, actionId: string): DeployedAction | undefined {
  const ours = deployedVersion(tenant.action(actionId));
  if (!ours?.code.startsWith(BANNER_START)) return undefined;
  const secrets = Object.fromEntries(ours.secrets.map(({ name, value }) => [name, value]));
  return { id: ours.id, code: ours.code, secrets };
}
