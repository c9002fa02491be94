import type { LinkState } from '../../events/link-state';

/** States that somebody should look at. */
const NOTEWORTHY: ReadonlySet<LinkState> = new Set(['failed', 'rejected', 'held']);

/** The state and code of a link that somebody should look at; undefined for any other. */
export function verdictOf({
  state,
  code,
}: {
  readonly state: LinkState;
  readonly code?: string;
}): string | undefined {
  return NOTEWORTHY.has(state) ? `${state}:${code}` : undefined;
}
