import type { BuiltAction } from '../../auth0-actions/bundle';
import { builtActions } from './built-actions';
import { differencesOf, otherStackOf } from './compare-action';
import { type ActionPlan, changesAnything } from './plan-action';
import { type PlanDeps, planAll } from './plan-all';

/** How an Action of ours is doing in the tenant. */
export interface ActionHealth {
  readonly name: string;
  readonly isWell: boolean;
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
  const { plans } = await planAll(built ?? (await builtActions()), deps);
  return plans.map((plan) => ({
    name: plan.wanted.name,
    isWell: !changesAnything(plan),
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
  const { step, differences, before, after, wanted } = plan;
  if (step === 'create') return 'is not in the tenant';
  if (step === 'foreign') return `is there, but is ${ownerOf(plan)}`;
  if (differences.length > 0) return `differs in ${differences.join(', ')}`;
  if (step !== 'none') return 'is not deployed';
  if (after.length > before.length) return `is not bound to ${wanted.trigger.id}`;
  if (after.length < before.length) return `is bound to ${wanted.trigger.id} more than once`;
  return `is deployed and bound to ${wanted.trigger.id}`;
}
