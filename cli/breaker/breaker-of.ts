import { BREAKER_ITEM, type BreakerState, breakerState } from '../../events/breaker-state';
import { itemOf, placeName } from '../../events/instance-name';
import type { SharedItem } from '../../lambdas/system-items/shared-item';
import { CliError } from '../cli-error';
import type { Deps } from '../deps';
import { type Outputs, outputOf } from '../target/outputs';

/** The breaker of a system, or of one of its instances, as it was read, and where it is written. */
export interface KnownBreaker {
  readonly item: SharedItem<unknown>;
  readonly shared: Awaited<ReturnType<SharedItem<unknown>['read']>>;
  /** Undefined where it never opened and no pause was asked for. */
  readonly state: BreakerState | undefined;
}

export interface OfBreaker {
  readonly system: string;
  readonly instance?: string | undefined;
}

export async function breakerOf(
  { system, instance }: OfBreaker,
  outputs: Outputs,
  deps: Pick<Deps, 'systemItems'>,
): Promise<KnownBreaker> {
  const items = await deps.systemItems();
  const item = items(outputOf(outputs, 'SystemTableName'), {
    system,
    item: itemOf(BREAKER_ITEM, instance),
  });
  const shared = await item.read();
  if (shared === undefined) return { item, shared, state: undefined };
  const { success, data } = breakerState.safeParse(shared.value);
  if (success) return { item, shared, state: data };
  throw new CliError(
    'item-unreadable',
    `What is noted of the breaker of ${placeName(system, instance)} is not in a form that this version knows`,
    'A newer version may have written it: use that one',
  );
}
