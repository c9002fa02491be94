import type { BuiltAction } from '../../auth0-actions/bundle';
import { type Line, styled } from '../../terminal/line';
import { audited } from '../audit/audited';
import { CliError } from '../cli-error';
import { defineCommand, type Report } from '../command';
import type { Deps } from '../deps';
import { builtActions } from './built-actions';
import { type Change, carryOut, STOPPED } from './carry-out';
import { otherStackOf } from './compare-action';
import { describePlans, planToJson } from './describe-plan';
import { type ActionPlan, adopted, changesAnything } from './plan-action';
import { type PlanDeps, planAll, type TenantPlan } from './plan-all';
import { warnOfLeftOver } from './warn-of-left-over';

export const deploy = defineCommand({
  usage: 'actions deploy',
  summary: 'our Actions with their secrets into the tenant',
  details:
    'Makes or changes our Actions, gives them all their secrets, deploys them, and appends them to their triggers; the one that tells of changes gets its event stream, on. Bindings that are there keep their place and order. What is equal is left alone, so it may run as often as one likes. For a deployed stack it needs AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET of a Machine to Machine application; docs/auth0.md names the scopes.',
  options: {
    'dry-run': { type: 'boolean', default: false, description: 'shows the plan and changes nothing' },
    adopt: {
      type: 'boolean',
      default: false,
      description: 'overwrites an Action of our name that is not ours',
    },
  },
  examples: [
    ['actions deploy --dry-run', 'what it would do in the local run'],
    ['actions deploy --stack UserProvisioning-prod', 'does it in the tenant of that stack'],
  ],
  endsWithOne: 'it was stopped with Ctrl-C',
  run: async (args, deps) => deployActions(args, deps, await builtActions(deps.now())),
});

export interface DeployArgs {
  readonly dryRun: boolean;
  readonly adopt: boolean;
}

export type DeployDeps = PlanDeps & Pick<Deps, 'audit' | 'typed'>;

export async function deployActions(
  { dryRun, adopt }: DeployArgs,
  deps: DeployDeps,
  built: readonly BuiltAction[],
): Promise<Report> {
  const read = await planAll(built, deps);
  const { tenant } = read;
  const plans = adopt ? read.plans.map(adopted) : read.plans;
  refuseForeign(plans, tenant.domain, adopt);
  refuseForeignStream(plans, tenant.domain);
  warnOfLeftOut(plans, deps);
  warnOfLeftOver(read.leftOver, deps);
  const json = { tenant: tenant.domain, dryRun, actions: plans.map(planToJson) };
  deps.screen.print([styled('bold', tenant.domain)]);
  const toDo = plans.filter(changesAnything);
  if (toDo.length === 0) return nothing(plans, json, deps);
  deps.screen.print(...describePlans(plans, deps.screen.width), '');
  if (dryRun) return dry(json, adopt, deps);
  const changes = await carryOutAll({ tenant, plans: toDo }, deps);
  deps.screen.print([styled('green', 'Done.'), ' The bindings were read again and are as planned.']);
  return { json: { ...json, changed: true, changes } };
}

function nothing(plans: readonly ActionPlan[], json: object, { screen }: DeployDeps): Report {
  const there = plans.filter(({ step }) => step !== 'unavailable');
  const lines = there.map(({ wanted }): Line => {
    const place = wanted.stream === undefined ? 'bound' : 'behind its event stream';
    return [styled('dim', '= '), `${wanted.name}, deployed and ${place}`];
  });
  screen.print(...lines, [styled('green', 'Nothing to do.')]);
  return { json: { ...json, changed: false, changes: [] } };
}

function dry(json: object, adopt: boolean, { screen, typed }: DeployDeps): Report {
  const command = typed(`actions deploy${adopt ? ' --adopt' : ''}`);
  screen.print([styled('bold', 'Nothing was changed.'), ` To do it: ${command}`]);
  return { json: { ...json, changed: false, changes: [] } };
}

async function carryOutAll(
  { tenant, plans }: Omit<TenantPlan, 'leftOver'>,
  deps: DeployDeps,
): Promise<Change[]> {
  const onDone = (words: string) => deps.screen.print([styled('dim', `  ${words}`)]);
  const changes: Change[] = [];
  await audited(deps, { act: 'actions deploy', subject: tenant.domain }, async () => {
    try {
      for (const plan of plans) changes.push(await carryOut(plan, { ...deps, tenant, onDone }));
      return { outcome: 'done', counts: countsOf(plans, changes) } as const;
    } catch (error) {
      if (!(error instanceof CliError) || error.code !== STOPPED) throw error;
      return { outcome: 'stopped', counts: countsOf(plans, changes) } as const;
    }
  });
  if (changes.length === plans.length) return changes;
  throw new CliError(
    STOPPED,
    'Stopped before the end',
    `${deps.typed('actions deploy')} goes on from here`,
    1,
  );
}

function countsOf(plans: readonly ActionPlan[], changes: readonly Change[]): Record<string, number> {
  const done = plans.slice(0, changes.length);
  return {
    created: done.filter(({ step }) => step === 'create').length,
    updated: done.filter(({ step }) => step === 'update').length,
    bound: changes.filter(({ bound }) => bound).length,
  };
}

/** Where the events of a stream go cannot be changed, so it cannot become ours. */
function refuseForeignStream(plans: readonly ActionPlan[], domain: string): void {
  const foreign = plans.find(({ stream }) => stream?.step === 'foreign')?.stream;
  if (foreign === undefined) return;
  throw new CliError(
    'foreign-stream',
    `${domain} has an event stream ${foreign.wanted.name} that does not lead to our Action`,
    'Rename it in Auth0, or delete it there when nobody needs it',
  );
}

function warnOfLeftOut(plans: readonly ActionPlan[], { screen }: DeployDeps): void {
  for (const { wanted } of plans.filter(({ step }) => step === 'unavailable')) {
    const words = `The tenant has no event streams, so ${wanted.name} is left out: nobody hears of changes, blocks and deletions`;
    screen.warn('no-event-streams', words);
  }
}

function refuseForeign(plans: readonly ActionPlan[], domain: string, adopt: boolean): void {
  const foreign = plans.find(({ step }) => step === 'foreign');
  if (foreign === undefined) return;
  const { name, trigger } = foreign.wanted;
  const words = `${domain} has an Action ${name} that is`;
  if (adopt) {
    const hint = `It is not of the trigger ${trigger.id}: rename it in Auth0`;
    throw new CliError('foreign-action', `${words} not ours`, hint);
  }
  const other = foreign.found && otherStackOf(foreign.found, foreign.wanted);
  if (other === undefined) {
    const hint = 'Rename it in Auth0, or overwrite its code and secrets with --adopt';
    throw new CliError('foreign-action', `${words} not ours`, hint);
  }
  const hint = `A tenant serves one stack; --adopt takes it over, and ${other} hears of nobody any more`;
  throw new CliError('foreign-action', `${words} of the stack ${other}`, hint);
}
