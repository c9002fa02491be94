import { type ActionHealth, checkActions } from '../actions/check-actions';
import type { PlanDeps } from '../actions/plan-all';
import { CliError } from '../cli-error';
import type { Deps } from '../deps';
import { type Finding, fail, ok, warn } from './check';

type Look = (deps: PlanDeps) => Promise<ActionHealth[]>;

export async function lookAtActions(
  deps: PlanDeps & Pick<Deps, 'outputs' | 'typed'>,
  look: Look = checkActions,
): Promise<Finding> {
  try {
    const found = await look(deps);
    const ill = found.filter(({ isWell }) => !isWell);
    const isComplete = found.every(({ isOffered }) => isOffered);
    if (ill.length === 0 && isComplete) return ok(describe(found));
    if (ill.length === 0)
      return warn(describe(found), 'Changes and deletions reach no system: docs/auth0.md');
    const deploy = deps.typed('actions deploy');
    // Until something is deployed, the local run runs its own bundle.
    const isOptional = (await deps.outputs()).local !== undefined && ill.every(({ isMissing }) => isMissing);
    return isOptional
      ? warn(describe(ill), `The local run does without. To try it: ${deploy}`)
      : fail(describe(ill), `Bring it there: ${deploy}`);
  } catch (error) {
    const isWithoutCredentials = error instanceof CliError && error.code === 'no-client-credentials';
    if (!isWithoutCredentials) throw error;
    return warn('not looked at', `${error.message}. ${error.hint ?? ''}`);
  }
}

function describe(actions: readonly ActionHealth[]): string {
  return actions.map(({ name, words }) => `${name} ${words}`).join('; ');
}
