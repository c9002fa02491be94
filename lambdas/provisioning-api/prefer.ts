/** Seconds that a caller may wait at most: API Gateway gives an answer 30, and the way there takes some of them. */
const MOST_WAIT_SECONDS = 20;

/**
 * Seconds that the header Prefer asks to wait (RFC 7240), as many as are given at most; undefined where it asks for
 * none. The first one counts, as the RFC says.
 */
export function waitSecondsOf(prefer: string | undefined): number | undefined {
  const wish = (prefer ?? '')
    .split(',')
    .map((preference) => /^\s*wait\s*=\s*"?(\d{1,9})"?\s*(;.*)?$/i.exec(preference)?.[1])
    .find((seconds) => seconds !== undefined);
  return wish === undefined ? undefined : Math.min(Number(wish), MOST_WAIT_SECONDS);
}
