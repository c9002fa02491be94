import { CliError } from '../cli-error';
import type { Deps } from '../deps';
import { type BindingsChange, changeBindings } from './bind-action';
import { withOurs } from './merge-bindings';
import type { ActionPlan } from './plan-action';
import type { StreamPlan } from './plan-stream';
import type { Binding, Tenant, TenantAction } from './tenant';

export interface Surroundings extends Pick<Deps, 'pause' | 'stopping'> {
  readonly tenant: Tenant;
  /** Hears of each thing that was done. */
  readonly onDone: (words: string) => void;
}

export interface Change {
  readonly name: string;
  readonly id: string;
  /** Of the version that was deployed. */
  readonly version?: number;
  /** Whether its binding or its stream was changed. */
  readonly bound: boolean;
}

/** The deploy CLI of Auth0 is as patient. */
const TRIES = 60;
const BETWEEN_TRIES_MS = 2_000;

/** Does what the plan says. Whatever ends it, the next run goes on from there. */
export async function carryOut(plan: ActionPlan, surroundings: Surroundings): Promise<Change> {
  const { name, trigger } = plan.wanted;
  const { id } = await write(plan, surroundings);
  const version = plan.step === 'none' ? undefined : await release(id, name, surroundings);
  refuseIfStopping(surroundings);
  const deployed = { name, id, ...(version === undefined ? {} : { version }) };
  if (plan.stream !== undefined)
    return { ...deployed, bound: await bringStream(plan.stream, id, surroundings) };
  const ours = { actionId: id, displayName: name };
  const change = (current: readonly Binding[]) => withOurs(current, ours, plan.beforeId);
  const changed = await changeBindings({ ...surroundings, triggerId: trigger.id, change });
  for (const line of changed ? describeChange(trigger.id, changed) : []) surroundings.onDone(line);
  return { ...deployed, bound: changed !== undefined };
}

/** An Action must run before a stream may have it as its destination. */
async function bringStream(
  { wanted, found, step }: StreamPlan,
  actionId: string,
  { tenant, onDone }: Surroundings,
): Promise<boolean> {
  if (step === 'none') return false;
  if (found === undefined) await tenant.createStream({ ...wanted, actionId });
  else await tenant.switchOn(found.id, [...new Set([...found.eventTypes, ...wanted.eventTypes])]);
  onDone(`${found === undefined ? 'created' : 'changed'} the event stream ${found?.name ?? wanted.name}`);
  return true;
}

// The list may be another one than minutes ago, in the plan; who misses an Action in it finds it here.
function describeChange(triggerId: string, { before, after }: BindingsChange): string[] {
  const names = (list: readonly Binding[]) => list.map(({ displayName }) => displayName).join(', ') || 'none';
  return [`bound to ${triggerId}`, `  before: ${names(before)}`, `  after:  ${names(after)}`];
}

async function write(
  { step, wanted, found }: ActionPlan,
  { tenant, onDone }: Surroundings,
): Promise<{ id: string }> {
  if (found !== undefined && step !== 'update') return found;
  const written =
    found === undefined ? await tenant.create(wanted.name, wanted) : await tenant.update(found.id, wanted);
  onDone(`${found === undefined ? 'created' : 'changed'} ${wanted.name}`);
  return written;
}

/** Waits until the draft is built, deploys it, and waits until that is through: before, Auth0 does not bind it. */
async function release(id: string, name: string, surroundings: Surroundings): Promise<number> {
  const { tenant, onDone } = surroundings;
  await until(id, surroundings, 'build-slow', `${name} is not built yet`, (action) => isBuilt(action));
  onDone('built');
  const version = await tenant.deploy(id);
  const isThrough = ({ deployed }: TenantAction) => (deployed?.number ?? 0) >= version;
  await until(id, surroundings, 'deploy-slow', `Version ${version} of ${name} does not run yet`, isThrough);
  onDone(`deployed version ${version}`);
  return version;
}

function isBuilt({ name, status }: TenantAction): boolean {
  if (status !== 'failed') return status === 'built';
  throw new CliError(
    'build-failed',
    `Auth0 could not build ${name}; what ran before runs on`,
    'Run it again; when it stays so, open the Action in Auth0, which says why',
  );
}

async function until(
  id: string,
  surroundings: Surroundings,
  code: string,
  words: string,
  fact: (action: TenantAction) => boolean,
): Promise<void> {
  for (let tries = 1; tries <= TRIES; tries++) {
    refuseIfStopping(surroundings);
    if (fact(await surroundings.tenant.action(id))) return;
    if (tries < TRIES) await surroundings.pause(BETWEEN_TRIES_MS);
  }
  const seconds = (TRIES * BETWEEN_TRIES_MS) / 1000;
  throw new CliError(code, `${words} after ${seconds} seconds`, 'Run it again: it goes on from here');
}

/** Its code in the errors of {@link carryOut}. */
export const STOPPED = 'stopped';

function refuseIfStopping({ stopping }: Surroundings): void {
  if (!stopping().aborted) return;
  throw new CliError(STOPPED, 'Stopped before the end', 'Run it again: it goes on from here', 1);
}
