import { type ActionHealth, checkActions } from '../actions/check-actions';
import type { PlanDeps } from '../actions/plan-all';
import { CliError } from '../cli-error';
import type { Deps } from '../deps';

export type TooEarlyDeps = PlanDeps & Pick<Deps, 'typed'>;

/** How the Actions are doing; see {@link checkActions}. */
export type LookAtActions = (deps: PlanDeps) => Promise<ActionHealth[]>;

export interface Ending {
  /** As one types it, such as `rotate api-key --finish`. */
  readonly finish: string;
  /** Whether an Action has such a key at all. @default each has */
  readonly isConcerned?: (action: ActionHealth) => boolean;
}

/** What `--finish` takes beside it, in every rotation. */
export const YES_OPTION = {
  type: 'boolean',
  default: false,
  description: 'with --finish: without looking whether the Actions have the newest key',
} as const;

/**
 * Before a key is ended: everybody who signs up through an Action that still has it would be lost from then on. Fails
 * when the Actions in the tenant have other keys than the newest, and when nobody may look.
 */
export async function refuseTooEarly(
  { finish, isConcerned = () => true }: Ending,
  deps: TooEarlyDeps,
  look: LookAtActions = checkActions,
): Promise<void> {
  const anyway = deps.typed(`${finish} --yes`);
  const found = (await look(deps).catch(blind(anyway))).filter((one) => one.isOffered && isConcerned(one));
  const behind = found.filter(({ hasSecrets }) => !hasSecrets);
  if (behind.length === 0) return;
  throw new CliError(
    'actions-behind',
    `No key was ended: ${behind.map(({ name, words }) => `${name} ${words}`).join('; ')}`,
    `${deps.typed('actions deploy')} gives it the newest; if you know that it has them, ${anyway}`,
    1,
  );
}

function blind(anyway: string): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof CliError) || error.code !== 'no-client-credentials') throw error;
    const words = `${error.message}, so nobody knows whether the Actions have the newest key`;
    throw new CliError(error.code, words, `Set them, or if you know that they have it, ${anyway}`);
  };
}
