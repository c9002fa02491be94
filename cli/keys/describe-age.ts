import { describeDuration } from '../../terminal/duration';

const DAY_MS = 24 * 60 * 60_000;

/** How old a key is; the first key of a secret, which the stack makes, does not say when. */
export function describeAge(createdAt: number | undefined, now: number): string {
  if (createdAt === undefined) return 'of unknown age';
  return now - createdAt < DAY_MS ? 'made today' : `${describeDuration(now - createdAt)} old`;
}
