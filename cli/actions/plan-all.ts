import type { BuiltAction } from '../../auth0-actions/bundle';
import { readActionSecrets, type SecretsDeps } from './action-secrets';
import { openTenant, type TenantDeps } from './open-tenant';
import { type ActionPlan, planAction } from './plan-action';
import type { Tenant } from './tenant';
import { type WantedAction, wantedAction } from './wanted-action';

export type PlanDeps = TenantDeps & SecretsDeps;

export interface TenantPlan {
  readonly tenant: Tenant;
  readonly plans: readonly ActionPlan[];
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
  return { tenant, plans };
}

async function wantedActions(built: readonly BuiltAction[], deps: PlanDeps): Promise<WantedAction[]> {
  const { stackName } = await deps.outputs();
  return Promise.all(
    built.map(async (one) => wantedAction(one, await readActionSecrets(deps, one.action.issuer), stackName)),
  );
}
