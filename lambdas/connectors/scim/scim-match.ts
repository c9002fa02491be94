import type { AccountRequest, Found, Trait } from '../connector';
import { foldedAscii, isLike } from '../like';
import type { ScimClientDeps } from './scim-client';
import { filterOf, findBy } from './scim-find';
import { keysOf } from './scim-path';
import type { Resource } from './scim-resource';

/** Looks for accounts by what they show, such as `userName` or `emails.value`. */
export function matchByTrait(
  deps: ScimClientDeps,
  { attribute, value }: Trait,
  { externalId }: AccountRequest,
): Promise<Found> {
  const shows = (test: (shown: unknown) => boolean) => (resource: Resource) =>
    valuesAt(resource, attribute).some(test);
  return findBy(deps, externalId, {
    filter: filterOf(attribute, value),
    honours: shows((shown) => isLike(shown, value)),
    // RFC 7643 compares texts without case.
    isMeant: shows((shown) => typeof shown === 'string' && foldedAscii(shown) === foldedAscii(value)),
  });
}

/** Every value below a path: of lists, that of each member. */
function valuesAt(resource: Resource, attribute: string): unknown[] {
  return keysOf(attribute).reduce<unknown[]>(
    (values, name) => values.flatMap((value) => membersOf(value).map((one) => fieldOf(one, name))),
    [resource],
  );
}

const membersOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

// Names of attributes have no case (RFC 7643, section 2.1).
function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const found = Object.entries(value).find(([key]) => key.toLowerCase() === name.toLowerCase());
  return found?.[1];
}
