import type { Binding } from './tenant';

/**
 * The list with our Action in it once: where it is first, else at the end; but before the Action with the id `beforeId`
 * where that is in the list. All others keep place and order.
 */
export function withOurs(current: readonly Binding[], ours: Binding, beforeId?: string): Binding[] {
  const others = withoutOurs(current, ours);
  const first = current.findIndex((binding) => isOurs(binding, ours));
  const place = first === -1 ? others.length : first;
  const limit = others.findIndex(({ actionId }) => actionId === beforeId);
  // Before the first of ours are others only, so that its place in the list is its place among them.
  return others.toSpliced(limit === -1 ? place : Math.min(place, limit), 0, current[first] ?? ours);
}

/** The list without our Action, however often it is there. All others keep place and order. */
export function withoutOurs(current: readonly Binding[], ours: Pick<Binding, 'actionId'>): Binding[] {
  return current.filter((binding) => !isOurs(binding, ours));
}

/** The same Actions under the same names in the same order; the ids of bindings may change with every write. */
export function sameBindings(one: readonly Binding[], other: readonly Binding[]): boolean {
  const essence = (list: readonly Binding[]) =>
    JSON.stringify(list.map(({ actionId, displayName }) => [actionId, displayName]));
  return essence(one) === essence(other);
}

function isOurs({ actionId }: Binding, ours: Pick<Binding, 'actionId'>): boolean {
  return actionId === ours.actionId;
}
