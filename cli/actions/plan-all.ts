import type { BuiltAction } from '../../auth0-actions/bundle';
import { readActionSecrets, type SecretsDeps } from './action-secrets';
import { openTenant, type TenantDeps } from './open-tenant';
import { type ActionPlan, planAction } from './plan-action';
import type { Tenant } from './tenant';
import { wantedAction } from './wanted-action';

export type PlanDeps = TenantDeps & SecretsDeps;

export interface TenantPlan {
  readonly tenant: Tenant;
  readonly plans: readonly ActionPlan[];
}

/** Compares every Action of ours with the tenant, and changes nothing. */
export async function planAll(built: readonly BuiltAction[], deps: PlanDeps): Promise<TenantPlan> {
  const secrets = await readActionSecrets(deps);
  const tenant = await openTenant(
    deps,
    secrets.map(({ value }) => value),
  );
  const { stackName } = await deps.outputs();
  const plans: ActionPlan[] = [];
  // One after the other, as a tenant takes few calls at once.
  for (const one of built) plans.push(await planAction(wantedAction(one, secrets, stackName), tenant));
  return { tenant, plans };
}
