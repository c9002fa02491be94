import { ageOf, endedOf, type UserLink } from '../user-links/user-link';

/** The life of a user that a call is about. */
export interface Life {
  /** `created_at` of it, ISO 8601; undefined where nobody ever said. */
  readonly generation?: string;
  /** The links of this life. */
  readonly links: readonly UserLink[];
}

/**
 * The latest life that the links and the token know of. What an earlier one left says nothing of it.
 *
 * @param generation of the token
 */
export function lifeOf(links: readonly UserLink[], generation: string | undefined): Life {
  const times = [generation, ...links.map((link) => link.generation)].filter((time) => time !== undefined);
  const latest = times.reduce<string | undefined>(
    (last, time) => (last === undefined || Date.parse(time) > Date.parse(last) ? time : last),
    undefined,
  );
  const ofLife = links.filter(
    (link) => ageOf(link, latest === undefined ? {} : { generation: latest }) === 'same',
  );
  return { ...(latest !== undefined && { generation: latest }), links: ofLife };
}

/** Why the user gets nothing any more, whatever anybody says of them; undefined for everybody else. */
export function goneCodeOf(
  { generation, links }: Life,
  said: string | undefined,
): 'user-erased' | 'user-deleted' | 'user-blocked' | undefined {
  const ends = links.map(endedOf);
  if (ends.includes('erased')) return 'user-erased';
  const latest = generation === undefined ? {} : { generation };
  // What is said is of a life before the one that is known.
  const isEarlier = said !== undefined && ageOf(latest, { generation: said }) === 'older';
  if (isEarlier || ends.includes('deleted')) return 'user-deleted';
  return isBlocked(links) ? 'user-blocked' : undefined;
}

// A system that is down learns of the end of a block later than others do.
function isBlocked(links: readonly UserLink[]): boolean {
  const told = links.filter(({ blockedAt }) => blockedAt !== undefined);
  const latest = Math.max(...told.map(({ blockedAt = 0 }) => blockedAt));
  return told.some(({ blocked, blockedAt }) => blocked === true && blockedAt === latest);
}
