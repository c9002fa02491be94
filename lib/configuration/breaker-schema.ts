import { section, wholeNumber } from './section';

/** When the workers of a system stop calling it, and how they find out that it is well again. */
export const breaker = section({
  failurePercent: wholeNumber(1, 100)
    .default(70)
    .describe('The breaker opens when this part of the latest users fails.'),
  minimumUsers: wholeNumber(2, 100)
    .default(10)
    .describe('It takes at least so many users, as one function sees them, to open it.'),
  windowSeconds: wholeNumber(30, 3_600).default(300).describe('Attempts older than this do not count.'),
  pauseSeconds: wholeNumber(1, 900)
    .default(30)
    .describe('From opening to the first probe. Each further pause is twice as long.'),
  longestPauseSeconds: wholeNumber(1, 3_600)
    .default(900)
    .describe(
      'Longest pause between two probes, and the longest that all messages wait at once because the system asks for time.',
    ),
});
