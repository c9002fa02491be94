import type { ActionIssuer } from '../../auth0-actions/actions';
import type { BuiltAction } from '../../auth0-actions/bundle';
import { builtActions } from './built-actions';
import { differencesOf, otherStackOf } from './compare-action';
import { sameBindings } from './merge-bindings';
import { type ActionPlan, changesAnything } from './plan-action';
import { type PlanDeps, planAll } from './plan-all';
import type { StreamPlan } from './plan-stream';

/** How an Action of ours is doing in the tenant. */
export interface ActionHealth {
  readonly name: string;
  /** Whose key it signs with. */
  readonly issuer?: ActionIssuer;
  readonly isWell: boolean;
  /** False where the tenant does not have what the Action is for. */
  readonly isOffered: boolean;
  /** Nothing of that name is in the tenant. */
  readonly isMissing: boolean;
  /** The version that runs has the address and the keys that are the current ones now. */
  readonly hasSecrets: boolean;
  /** What there is to say, such as `not bound to post-user-registration`. */
  readonly words: string;
}

/**
 * For the doctor: is each Action there, deployed, equal to the bundle with the current secrets, and bound. Changes
 * nothing. Fails as `actions diff` does, without credentials of the tenant with `no-client-credentials`.
 */
export async function checkActions(deps: PlanDeps, built?: readonly BuiltAction[]): Promise<ActionHealth[]> {
  const { plans } = await planAll(built ?? (await builtActions(deps.now())), deps);
  return plans.map((plan) => ({
    name: plan.wanted.name,
    ...(plan.wanted.issuer === undefined ? {} : { issuer: plan.wanted.issuer }),
    isWell: !changesAnything(plan),
    isOffered: plan.step !== 'unavailable',
    isMissing: plan.step === 'create',
    hasSecrets: hasSecrets(plan),
    words: wordsFor(plan),
  }));
}

function hasSecrets({ wanted, found }: ActionPlan): boolean {
  return found?.deployed !== undefined && !differencesOf(wanted, found.deployed).includes('secrets');
}

function ownerOf({ found, wanted }: ActionPlan): string {
  const other = found && otherStackOf(found, wanted);
  return other === undefined ? 'not ours' : `of the stack ${other}`;
}

function wordsFor(plan: ActionPlan): string {
  const { step, differences, before, after, wanted, stream } = plan;
  if (step === 'unavailable') return 'is left out, as the tenant has no event streams';
  if (step === 'create') return 'is not in the tenant';
  if (step === 'foreign') return `is there, but is ${ownerOf(plan)}`;
  if (differences.length > 0) return `differs in ${differences.join(', ')}`;
  if (step !== 'none') return 'is not deployed';
  if (stream !== undefined) return wordsForStream(stream);
  if (after.length > before.length) return `is not bound to ${wanted.trigger.id}`;
  if (after.length < before.length) return `is bound to ${wanted.trigger.id} more than once`;
  if (!sameBindings(before, after)) return `is bound to ${wanted.trigger.id} after ${wanted.before}`;
  return `is deployed and bound to ${wanted.trigger.id}`;
}

function wordsForStream({ step, wanted, found, differences }: StreamPlan): string {
  const name = found?.name ?? wanted.name;
  if (step === 'create') return `is deployed, but has no event stream ${name}`;
  if (step === 'foreign') return `is deployed, but the event stream ${name} is not ours`;
  if (differences.includes('switched off'))
    return `is deployed, but its event stream ${name} is switched off`;
  if (step === 'update')
    return `is deployed, but its event stream ${name} differs in ${differences.join(', ')}`;
  return `is deployed, and its event stream ${name} is on`;
}
