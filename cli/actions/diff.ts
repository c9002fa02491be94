import type { BuiltAction } from '../../auth0-actions/bundle';
import { styled } from '../../terminal/line';
import { defineCommand, type Report } from '../command';
import type { Deps } from '../deps';
import { builtActions } from './built-actions';
import { describePlans, planToJson } from './describe-plan';
import { changesAnything } from './plan-action';
import { type PlanDeps, planAll } from './plan-all';
import { warnOfLeftOver } from './warn-of-left-over';

export const diff = defineCommand({
  usage: 'actions diff',
  summary: 'how the tenant differs from what deploy makes of it',
  details:
    'Changes nothing. Secrets cannot be read back; a mark in the code tells whether they are the current ones.',
  options: {},
  examples: [['actions diff --stack UserProvisioning-prod', 'in a pipeline, say: it ends with 1 on drift']],
  endsWithOne: 'there is drift',
  run: async (_, deps) => diffActions(deps, await builtActions(deps.now())),
});

export type DiffDeps = PlanDeps & Pick<Deps, 'typed'>;

export async function diffActions(deps: DiffDeps, built: readonly BuiltAction[]): Promise<Report> {
  const { tenant, plans, leftOver } = await planAll(built, deps);
  warnOfLeftOver(leftOver, deps);
  const { print, width } = deps.screen;
  const drifted = plans.filter((plan) => changesAnything(plan));
  print([styled('bold', tenant.domain)], ...describePlans(plans, width), '');
  if (drifted.length === 0) print([styled('green', 'No drift.')]);
  else print([styled('yellow', 'Drift.'), ` ${deps.typed('actions deploy')} mends it`]);
  const isDrift = drifted.length > 0;
  return {
    exitCode: isDrift ? 1 : 0,
    json: { tenant: tenant.domain, drift: isDrift, actions: plans.map(planToJson) },
  };
}
