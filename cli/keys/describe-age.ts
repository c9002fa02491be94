import { describeDuration } from '../../terminal/duration';

const SECOND_MS = 1_000;
const DAY_MS = 24 * 60 * 60_000;

/** How old a key is; the first key of a secret, which the stack makes, does not say when. */
export function describeAge(createdAt: number | undefined, now: number): string {
  if (createdAt === undefined) return 'of unknown age';
  const age = now - createdAt;
  if (age < SECOND_MS) return 'made just now';
  return age < DAY_MS ? `made ${describeDuration(age)} ago` : `${describeDuration(age)} old`;
}
