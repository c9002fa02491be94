import type { ActionDefinition } from '../../auth0-actions/actions';
import { type Line, styled } from '../../terminal/line';
import { audited } from '../audit/audited';
import { defineCommand, type Report } from '../command';
import type { Deps } from '../deps';
import { changeBindings } from './bind-action';
import { COMMANDED_ACTIONS } from './commanded-actions';
import { isOurs } from './compare-action';
import { describeBindings } from './describe-plan';
import { withoutOurs } from './merge-bindings';
import { openTenant, type TenantDeps } from './open-tenant';
import type { Binding, Tenant, TenantAction } from './tenant';

export const remove = defineCommand({
  usage: 'actions remove',
  summary: 'our Actions, and nothing else, out of the tenant',
  details:
    'Unbinds our Actions and deletes them. From then on nobody who signs up is provisioned. An Action of our name that is not ours, or of another stack, is left alone.',
  options: {
    'dry-run': { type: 'boolean', default: false, description: 'shows the plan and changes nothing' },
  },
  examples: [
    ['actions remove --dry-run', 'what it would do'],
    ['actions remove --stack UserProvisioning-dev', 'does it'],
  ],
  run: removeActions,
});

export type RemoveDeps = TenantDeps & Pick<Deps, 'audit' | 'typed'>;

interface Removal {
  readonly name: string;
  readonly trigger: string;
  readonly action?: TenantAction;
  readonly isOurs: boolean;
  readonly before: readonly Binding[];
  readonly after: readonly Binding[];
}

export async function removeActions(
  { dryRun }: { readonly dryRun: boolean },
  deps: RemoveDeps,
): Promise<Report> {
  const tenant = await openTenant(deps);
  const { stackName } = await deps.outputs();
  const removals: Removal[] = [];
  for (const definition of COMMANDED_ACTIONS) removals.push(await planRemoval(definition, tenant, stackName));
  const { print, width } = deps.screen;
  print([styled('bold', tenant.domain)], ...removals.flatMap((removal) => describe(removal, width)));
  const ours = removals.filter((removal) => removal.isOurs);
  if (ours.length === 0) print('There is nothing of ours.');
  else if (dryRun)
    print('', [styled('bold', 'Nothing was changed.'), ` To do it: ${deps.typed('actions remove')}`]);
  else await carryOut(tenant, ours, deps);
  const changed = ours.length > 0 && !dryRun;
  return { json: { tenant: tenant.domain, dryRun, changed, actions: removals.map(toJson) } };
}

async function planRemoval(
  { name, trigger, triggerVersion }: ActionDefinition,
  tenant: Tenant,
  stack: string,
): Promise<Removal> {
  const action = await tenant.actionNamed(name);
  if (action === undefined) return { name, trigger, isOurs: false, before: [], after: [] };
  const wanted = { stack, trigger: { id: trigger, version: triggerVersion } };
  if (!isOurs(action, wanted)) return { name, trigger, action, isOurs: false, before: [], after: [] };
  const before = await tenant.bindings(trigger);
  return { name, trigger, action, isOurs: true, before, after: withoutOurs(before, { actionId: action.id }) };
}

async function carryOut(tenant: Tenant, removals: readonly Removal[], deps: RemoveDeps): Promise<void> {
  await audited(deps, { act: 'actions remove', subject: tenant.domain }, async () => {
    for (const { action, trigger } of removals) await take(tenant, trigger, action?.id ?? '', deps);
    return { outcome: 'done', counts: { removed: removals.length } } as const;
  });
  deps.screen.print('', [styled('green', 'Done.'), ' The bindings were read again and are as planned.']);
}

// Unbound first: without force, Auth0 itself refuses to delete what somebody bound again meanwhile.
async function take(
  tenant: Tenant,
  trigger: string,
  actionId: string,
  { pause }: Pick<Deps, 'pause'>,
): Promise<void> {
  const change = (current: readonly Binding[]) => withoutOurs(current, { actionId });
  await changeBindings({ tenant, triggerId: trigger, change, pause });
  await tenant.remove(actionId);
}

function describe({ name, trigger, action, isOurs: ours, before, after }: Removal, width: number): Line[] {
  if (action === undefined) return [[styled('dim', '= not there'), ` ${name}`]];
  if (!ours) return [[styled('yellow', '! not ours'), ` ${name}, left alone`]];
  const unbind: Line[] =
    before.length > after.length ? [[styled('red', '- unbind'), ` from ${trigger}`]] : [];
  return [
    ...unbind,
    [styled('red', '- delete'), ` ${name}`],
    '',
    ...describeBindings(trigger, before, after, width),
  ];
}

function toJson({ name, trigger, action, isOurs: ours, before, after }: Removal): object {
  const names = (list: readonly Binding[]) => list.map(({ displayName }) => displayName);
  const step = ours ? 'delete' : action === undefined ? 'none' : 'foreign';
  return { name, step, trigger, bindings: { before: names(before), after: names(after) } };
}
