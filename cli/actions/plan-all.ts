import { ACTIONS } from '../../auth0-actions/actions';
import type { BuiltAction } from '../../auth0-actions/bundle';
import { readActionSecrets, type SecretsDeps } from './action-secrets';
import { isOurs } from './compare-action';
import { openTenant, type TenantDeps } from './open-tenant';
import { type ActionPlan, planAction } from './plan-action';
import type { Tenant } from './tenant';
import { type WantedAction, wantedAction } from './wanted-action';

export type PlanDeps = TenantDeps & SecretsDeps;

export interface TenantPlan {
  readonly tenant: Tenant;
  readonly plans: readonly ActionPlan[];
  /** Names of Actions of ours that are there, and that the configuration asks for no more. */
  readonly leftOver: readonly string[];
}

/** Compares every Action of ours with the tenant, and changes nothing. */
export async function planAll(built: readonly BuiltAction[], deps: PlanDeps): Promise<TenantPlan> {
  const wanted = await wantedActions(built, deps);
  const secrets = wanted.flatMap((action) => action.secrets.map(({ value }) => value));
  const tenant = await openTenant(deps, secrets);
  const offered = await tenant.triggers();
  const plans: ActionPlan[] = [];
  // One after the other, as a tenant takes few calls at once.
  for (const one of wanted) plans.push(await planAction(one, tenant, offered));
  return { tenant, plans, leftOver: await leftOver(built, tenant, deps) };
}

async function leftOver(built: readonly BuiltAction[], tenant: Tenant, deps: PlanDeps): Promise<string[]> {
  const { stackName: stack } = await deps.outputs();
  const names: string[] = [];
  for (const { name, trigger, triggerVersion, isForMfa = false } of ACTIONS) {
    if (!isForMfa || built.some(({ action }) => action.name === name)) continue;
    const found = await tenant.actionNamed(name);
    const ours = { stack, trigger: { id: trigger, version: triggerVersion } };
    if (found !== undefined && isOurs(found, ours)) names.push(name);
  }
  return names;
}

async function wantedActions(built: readonly BuiltAction[], deps: PlanDeps): Promise<WantedAction[]> {
  const { stackName } = await deps.outputs();
  return Promise.all(
    built.map(async (one) => wantedAction(one, await readActionSecrets(deps, one.action), stackName)),
  );
}
