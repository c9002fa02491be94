import { BANNER_START } from '../../../auth0-actions/banner';
import { deployedVersion, type StoredAction } from './stored-action';
import type { Tenant } from './tenant';

/** What runs in a tenant: code and secrets of a version, which never change. */
export interface DeployedAction {
  /** Of the version. */
  readonly id: string;
  /** Of the Action. */
  readonly name: string;
  readonly code: string;
  readonly secrets: Readonly<Record<string, string>>;
}

/**
 * The Actions that a trigger runs, in their order, those of others too. As long as none of ours is bound, the bundles
 * run behind them, as if they had been deployed.
 */
export function actionsOf(
  tenant: Tenant,
  triggerId: string,
  bundles: readonly DeployedAction[],
): readonly DeployedAction[] {
  const bound = tenant.bindingsOf(triggerId).flatMap(({ actionId }) => deployed(tenant.action(actionId)));
  return bound.some(isOurs) ? bound : [...bound, ...bundles];
}

/** Our Action as it is deployed behind an event stream. */
export interface DeployedStream extends DeployedAction {
  readonly isOn: boolean;
}

/** The stream that hands its events to our Action, and what it runs. */
export function deployedStream(tenant: Tenant): DeployedStream | undefined {
  for (const { status, destination } of tenant.streams.list()) {
    if (destination.type !== 'action') continue;
    const ours = deployed(tenant.action(destination.configuration.action_id)).find(isOurs);
    if (ours !== undefined) return { ...ours, isOn: status === 'enabled' };
  }
  return undefined;
}

function deployed(action: StoredAction): DeployedAction[] {
  const version = deployedVersion(action);
  if (version === undefined) return [];
  const secrets = Object.fromEntries(version.secrets.map(({ name, value }) => [name, value]));
  return [{ id: version.id, name: action.name, code: version.code, secrets }];
}

function isOurs({ code }: DeployedAction): boolean {
  return code.startsWith(BANNER_START);
}
