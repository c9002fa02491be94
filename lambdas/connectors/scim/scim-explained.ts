import type { KindExplained } from '../explain/kind-explained';
import { shownBy } from './scim-mapping';
import { sameAs } from './scim-patch';
import type { Resource } from './scim-resource';

/** What can be seen of a SCIM request without seeing whom it is about. */
export const scimExplained = (...bases: readonly string[]): KindExplained => ({
  base: bases,
  plain: ['/schemas', '/active', '/Operations/*/op', '/Operations/*/path'],
  shows: (snapshot, one) =>
    sameAs(one.act === 'set' ? one.value : undefined, shownBy(snapshot as Resource, one.to)),
});
