import { section, wholeNumber } from './section';

/** How much one of the APIs takes. All APIs of an account and region share 10,000 calls a second. */
export const throttleOf = (ratePerSecond: number, burst: number) =>
  section({
    ratePerSecond: wholeNumber(1, 10_000)
      .default(ratePerSecond)
      .describe('Calls a second that the API takes.'),
    burst: wholeNumber(1, 5_000).default(burst).describe('Calls at one moment that the API takes.'),
  });
