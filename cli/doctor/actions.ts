import { type ActionHealth, checkActions } from '../actions/check-actions';
import type { PlanDeps } from '../actions/plan-all';
import { CliError } from '../cli-error';
import type { Deps } from '../deps';
import { type Finding, fail, ok, warn } from './check';

type Look = (deps: PlanDeps) => Promise<ActionHealth[]>;

export async function lookAtActions(
  deps: PlanDeps & Pick<Deps, 'typed'>,
  look: Look = checkActions,
): Promise<Finding> {
  try {
    const found = await look(deps);
    const ill = found.filter(({ isWell }) => !isWell);
    const describe = (actions: readonly ActionHealth[]) =>
      actions.map(({ name, words }) => `${name} ${words}`).join('; ');
    return ill.length === 0
      ? ok(describe(found))
      : fail(describe(ill), `Bring it there: ${deps.typed('actions deploy')}`);
  } catch (error) {
    const isWithoutCredentials = error instanceof CliError && error.code === 'no-client-credentials';
    if (!isWithoutCredentials) throw error;
    return warn('not looked at', `${error.message}. ${error.hint ?? ''}`);
  }
}
