import * as z from 'zod';
import { section, wholeNumber } from './section';

const perSecond = 'a number from 0.1 to 10000';

/** How often all functions of a system together may call it. */
export const rate = section({
  perSecond: z
    .number({ error: perSecond })
    .min(0.1, { error: perSecond, abort: true })
    .max(10_000, { error: perSecond })
    .describe('Calls in a second, of all functions together. A message makes two to five.'),
  burst: wholeNumber(1, 10_000).default(1).describe('Calls that may come at once after a pause.'),
});
