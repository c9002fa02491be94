import type { StreamDefinition } from '../../auth0-actions/actions';
import { CliError } from '../cli-error';
import { type Difference, differencesOf, isOurs } from './compare-action';
import { sameBindings, withOurs } from './merge-bindings';
import { planStream, type StreamPlan } from './plan-stream';
import type { Binding, Tenant, TenantAction, TenantTrigger } from './tenant';
import { keepingRevisions, type WantedAction } from './wanted-action';

export interface ActionPlan {
  readonly wanted: WantedAction;
  readonly found?: TenantAction;
  /** `foreign`: an Action of this name is not ours. `unavailable`: the tenant has no event streams. */
  readonly step: 'create' | 'update' | 'deploy' | 'none' | 'foreign' | 'unavailable';
  readonly differences: readonly Difference[];
  /** For an Action that a stream hands its events to. */
  readonly stream?: StreamPlan;
  /** The list of its trigger, and what becomes of it; empty for an Action that has a stream. */
  readonly before: readonly Binding[];
  readonly after: readonly Binding[];
  /** Id of the Action that it is to run before, where that is in the tenant. */
  readonly beforeId?: string;
}

/** Stands for the id of an Action that is to be created. */
const NEW = '';

/** Looks at the tenant and changes nothing. Fails when it has not what the Action needs. */
export async function planAction(
  wanted: WantedAction,
  tenant: Tenant,
  offered: readonly TenantTrigger[],
): Promise<ActionPlan> {
  if (wanted.stream !== undefined) return planStreamAction(wanted, wanted.stream, tenant, offered);
  checkTrigger(wanted, offered, tenant.domain);
  const found = await tenant.actionNamed(wanted.name);
  const before = await tenant.bindings(wanted.trigger.id);
  const limit = wanted.before === undefined ? undefined : await tenant.actionNamed(wanted.before);
  const after = withOurs(before, { actionId: found?.id ?? NEW, displayName: wanted.name }, limit?.id);
  const content = {
    ...contentPlan(wanted, found),
    ...(limit === undefined ? {} : { beforeId: limit.id }),
  };
  return content.step === 'foreign' ? { ...content, before, after: before } : { ...content, before, after };
}

/** Registrations need no stream, so a tenant without any is no reason to fail. */
async function planStreamAction(
  wanted: WantedAction,
  definition: StreamDefinition,
  tenant: Tenant,
  offered: readonly TenantTrigger[],
): Promise<ActionPlan> {
  const unbound = { before: [], after: [] };
  const streams = offered.some(({ id }) => id === wanted.trigger.id) ? await tenant.streams() : undefined;
  if (streams === undefined) return { wanted, step: 'unavailable', differences: [], ...unbound };
  checkTrigger(wanted, offered, tenant.domain);
  const found = await tenant.actionNamed(wanted.name);
  return { ...contentPlan(wanted, found), ...unbound, stream: planStream(definition, streams, found?.id) };
}

function contentPlan(
  built: WantedAction,
  found: TenantAction | undefined,
): Omit<ActionPlan, 'before' | 'after'> {
  if (found === undefined) return { wanted: built, step: 'create', differences: [] };
  if (!isOurs(found, built)) return { wanted: built, found, step: 'foreign', differences: [] };
  const wanted = keepingRevisions(built, found.draft.code, found.deployed?.code ?? '');
  return { wanted, found, ...stepFor(wanted, found) };
}

export function changesAnything({ step, before, after, stream }: ActionPlan): boolean {
  if (step === 'unavailable') return false;
  return step !== 'none' || !sameBindings(before, after) || (stream?.step ?? 'none') !== 'none';
}

/** The plan for somebody else's Action that is to become ours, as the operator asked for. */
export function adopted(plan: ActionPlan): ActionPlan {
  const { found, wanted, before } = plan;
  if (found === undefined || plan.step !== 'foreign' || found.draft.trigger.id !== wanted.trigger.id)
    return plan;
  const ours = { actionId: found.id, displayName: wanted.name };
  const after = wanted.stream === undefined ? withOurs(before, ours, plan.beforeId) : [];
  return { ...plan, step: 'update', differences: differencesOf(wanted, found.draft), after };
}

function stepFor(wanted: WantedAction, found: TenantAction): Pick<ActionPlan, 'step' | 'differences'> {
  const inDraft = differencesOf(wanted, found.draft);
  const inDeployed = found.deployed === undefined ? [] : differencesOf(wanted, found.deployed);
  const differences = [...new Set([...inDraft, ...inDeployed])];
  if (inDraft.length > 0 || found.status === 'failed') return { step: 'update', differences };
  const isLive = found.deployed !== undefined && inDeployed.length === 0;
  return { step: isLive ? 'none' : 'deploy', differences };
}

function checkTrigger(
  { trigger, runtime }: WantedAction,
  offered: readonly TenantTrigger[],
  domain: string,
): void {
  const versions = offered.filter(({ id }) => id === trigger.id);
  if (versions.length === 0) {
    throw new CliError(
      'trigger-missing',
      `${domain} has no trigger ${trigger.id}`,
      'Ask Auth0 about its plan',
    );
  }
  const found = versions.find(({ version }) => version === trigger.version);
  if (found?.isCurrent !== true) throw otherVersion(trigger, versions, domain);
  if (found.runtimes.includes(runtime)) return;
  throw new CliError(
    'runtime-not-offered',
    `${domain} does not run ${runtime} for ${trigger.id} ${trigger.version}, only ${found.runtimes.join(', ')}`,
    'Upgrade Punctual to a version that is built for one of these',
  );
}

function otherVersion(
  trigger: WantedAction['trigger'],
  versions: readonly TenantTrigger[],
  domain: string,
): CliError {
  const current = versions.filter(({ isCurrent }) => isCurrent).map(({ version }) => version);
  const is = current.length === 0 ? 'no current version' : current.join(', ');
  return new CliError(
    'trigger-version',
    `The Action is written for ${trigger.id} ${trigger.version}, and ${domain} has ${is}`,
    'Upgrade Punctual to a version that knows this one',
  );
}
