import type { UserLink } from '../../user-links/user-link';
import type { CommonDeps, PlacedDeps, ProvisionDeps, Ways } from '../provision-deps';
import { type Choosing, type Chosen, chooseInstance } from './choose-instance';

/** Where a link is worked on, with the ways that lead there. */
export type Place =
  | { readonly is: 'refused'; readonly refusal: Chosen & { readonly is: 'none' } }
  | { readonly is: 'one'; readonly deps: PlacedDeps; readonly why: (Chosen & { is: 'one' })['why'] }
  | {
      readonly is: 'all';
      readonly all: readonly PlacedDeps[];
      /** The one that the link's account is known to be in. */
      readonly instance: string | undefined;
    };

export function placeOf(deps: ProvisionDeps, choosing: Choosing): Place {
  const chosen = chooseInstance('instances' in deps ? deps.instances.rule : undefined, choosing);
  if (chosen.is === 'none') return { is: 'refused', refusal: chosen };
  if (chosen.is === 'all') return { ...chosen, all: placesOf(deps) };
  const placed = placesOf(deps).find(({ instance }) => instance === chosen.instance);
  // The names of the rule are those of the ways.
  if (placed === undefined) throw new Error('no way in');
  return { is: 'one', deps: placed, why: chosen.why };
}

/** The places that this look of an erasure did not get into yet. */
export function leftOf(all: readonly PlacedDeps[], { erasure }: UserLink): readonly PlacedDeps[] {
  const left = all.filter(({ instance = '' }) => erasure?.left?.includes(instance));
  // None where the look begins, or where the configuration does not have them any more.
  return left.length > 0 ? left : all;
}

function placesOf(deps: CommonDeps & Ways): PlacedDeps[] {
  if (!('instances' in deps)) return [deps];
  const { instances, ...common } = deps;
  return [...instances.ways].map(([instance, way]) => ({ ...common, ...way, instance }));
}
