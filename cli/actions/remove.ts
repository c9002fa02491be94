import { ACTIONS, type ActionDefinition } from '../../auth0-actions/actions';
import { type Line, styled } from '../../terminal/line';
import { audited } from '../audit/audited';
import { defineCommand, type Report } from '../command';
import type { Deps } from '../deps';
import { changeBindings } from './bind-action';
import { isOurs } from './compare-action';
import { describeBindings } from './describe-plan';
import { withoutOurs } from './merge-bindings';
import { openTenant, type TenantDeps } from './open-tenant';
import { oursAmong } from './plan-stream';
import type { Binding, Tenant, TenantAction, TenantStream } from './tenant';

export const remove = defineCommand({
  usage: 'actions remove',
  summary: 'our Actions, and nothing else, out of the tenant',
  details:
    'Unbinds our Actions, deletes the event stream that leads to one of them, and deletes them. From then on nobody who signs up is provisioned, and nobody hears of changes and deletions. An Action of our name that is not ours, or of another stack, is left alone.',
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
  /** Those that hand their events to the Action. */
  readonly streams: readonly TenantStream[];
}

export async function removeActions(
  { dryRun }: { readonly dryRun: boolean },
  deps: RemoveDeps,
): Promise<Report> {
  const tenant = await openTenant(deps);
  const { stackName } = await deps.outputs();
  const removals: Removal[] = [];
  for (const definition of ACTIONS) removals.push(await planRemoval(definition, tenant, stackName));
  const { print, width } = deps.screen;
  print([styled('bold', tenant.domain)], ...describeAll(removals, width));
  const ours = removals.filter((removal) => removal.isOurs);
  if (ours.length === 0) print('There is nothing of ours.');
  else if (dryRun)
    print('', [styled('bold', 'Nothing was changed.'), ` To do it: ${deps.typed('actions remove')}`]);
  else await carryOut(tenant, ours, deps);
  const changed = ours.length > 0 && !dryRun;
  return { json: { tenant: tenant.domain, dryRun, changed, actions: removals.map(toJson) } };
}

async function planRemoval(
  { name, trigger, triggerVersion, stream }: ActionDefinition,
  tenant: Tenant,
  stack: string,
): Promise<Removal> {
  const action = await tenant.actionNamed(name);
  const nothing = { name, trigger, isOurs: false, before: [], after: [], streams: [] };
  if (action === undefined) return nothing;
  const wanted = { stack, trigger: { id: trigger, version: triggerVersion } };
  if (!isOurs(action, wanted)) return { ...nothing, action };
  const ours = { ...nothing, action, isOurs: true };
  if (stream !== undefined) {
    return { ...ours, streams: oursAmong((await tenant.streams()) ?? [], action.id) };
  }
  const before = await tenant.bindings(trigger);
  return { ...ours, before, after: withoutOurs(before, { actionId: action.id }) };
}

async function carryOut(tenant: Tenant, removals: readonly Removal[], deps: RemoveDeps): Promise<void> {
  await audited(deps, { act: 'actions remove', subject: tenant.domain }, async () => {
    for (const removal of removals) await take(tenant, removal, deps);
    return { outcome: 'done', counts: { removed: removals.length } } as const;
  });
  deps.screen.print('', [styled('green', 'Done.'), ' The bindings were read again and are as planned.']);
}

// Unbound first: without force, Auth0 itself refuses to delete what somebody bound again meanwhile.
async function take(
  tenant: Tenant,
  { trigger, action, before, streams }: Removal,
  { pause }: Pick<Deps, 'pause'>,
): Promise<void> {
  const actionId = action?.id ?? '';
  const change = (current: readonly Binding[]) => withoutOurs(current, { actionId });
  if (before.length > 0) await changeBindings({ tenant, triggerId: trigger, change, pause });
  for (const { id } of streams) await tenant.removeStream(id);
  await tenant.remove(actionId);
}

function describeAll(removals: readonly Removal[], width: number): Line[] {
  return removals.flatMap((removal, index) => [...(index === 0 ? [] : ['']), ...describe(removal, width)]);
}

function describe(removal: Removal, width: number): Line[] {
  const { name, trigger, action, isOurs: ours, before, after, streams } = removal;
  if (action === undefined) return [[styled('dim', '= not there'), ` ${name}`]];
  if (!ours) return [[styled('yellow', '! not ours'), ` ${name}, left alone`]];
  const unbind: Line[] =
    before.length > after.length ? [[styled('red', '- unbind'), ` from ${trigger}`]] : [];
  return [
    ...unbind,
    ...streams.map((stream): Line => [styled('red', '- delete'), ` event stream ${stream.name}`]),
    [styled('red', '- delete'), ` ${name}`],
    ...(before.length === 0 ? [] : ['', ...describeBindings(trigger, before, after, width)]),
  ];
}

function toJson({ name, trigger, action, isOurs: ours, before, after, streams }: Removal): object {
  const names = (list: readonly Binding[]) => list.map(({ displayName }) => displayName);
  const step = ours ? 'delete' : action === undefined ? 'none' : 'foreign';
  return {
    name,
    step,
    trigger,
    bindings: { before: names(before), after: names(after) },
    streams: streams.map((stream) => stream.name),
  };
}
