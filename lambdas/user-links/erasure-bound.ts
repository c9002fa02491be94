import { isErased } from './erasure';
import type { UserLink } from './user-link';

/** What Auth0 says of a user who is to be erased. */
export interface InAuth0 {
  /** False where nobody asked it. */
  readonly isAsked: boolean;
  readonly createdAt?: unknown;
}

/**
 * Until when every life that began is to be erased, ISO 8601. Auth0 alone knows the latest life, of which an event may
 * still be in a queue. Where it is not asked, or has none, now is later than every one of them. Whoever goes on with an
 * erasure means what it meant; one that is over already is asked for anew, unless Auth0 says that nobody came after it.
 *
 * @param now epoch ms
 */
export function erasureBound(
  links: readonly UserLink[],
  { isAsked, createdAt }: InAuth0,
  now: number,
): string {
  const times = links
    .map(({ generation }) => Date.parse(generation ?? ''))
    .filter((time) => !Number.isNaN(time));
  const known = Math.max(...times, -Infinity);
  const isLast = ({ generation }: UserLink) => Date.parse(generation ?? '') === known;
  const isBegun = links.some((link) => link.ended === 'erased' && isLast(link));
  const isGoingOn = isBegun && (isAsked || !links.every(isErased));
  const created = typeof createdAt === 'string' ? Date.parse(createdAt) : Number.NaN;
  if (!Number.isNaN(created)) return new Date(Math.max(known, created)).toISOString();
  return new Date(isGoingOn ? known : Math.max(known, now)).toISOString();
}
