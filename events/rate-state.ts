import * as z from 'zod/mini';

/** The item of the system table from which all workers of a system take their turns. */
export const RATE_ITEM = 'bucket';

/** How far the turns of a system are given away. */
export const rateState = z.object({
  /** Epoch ms at which the next turn would be, were none saved up. */
  nextAt: z.number(),
});

export type RateState = Readonly<z.infer<typeof rateState>>;
