import type { StandingRow } from '../../events/readiness';
import { ageOf, type UserLink } from '../user-links/user-link';

/** What of a link says how its person stands. */
export type SeenRow = Pick<UserLink, 'system' | 'state'> &
  Partial<Pick<UserLink, 'code' | 'lease' | 'updatedAt' | 'generation' | 'ended'>>;

/** A link as it counts for a life; undefined where it is of an earlier one. Without a life every link counts. */
export function standingRowOf(
  { system, state, code, lease, updatedAt, ended, generation }: SeenRow,
  life: Pick<UserLink, 'generation'> | undefined,
  now: number,
): StandingRow | undefined {
  const isEarlier =
    life !== undefined && ageOf({ ...(generation !== undefined && { generation }) }, life) === 'newer';
  if (isEarlier) return undefined;
  const ageMs = now - Date.parse(updatedAt ?? '');
  const over = life !== undefined && ended !== undefined;
  return {
    ...{ system, state },
    ...(code !== undefined && { code }),
    ...(lease !== undefined && { lease }),
    ...(!Number.isNaN(ageMs) && { ageMs }),
    ...(over && { over }),
  };
}
