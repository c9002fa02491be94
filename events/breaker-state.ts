import * as z from 'zod/mini';

const epochMs = z.number();

/** The item of the system table that says how the breaker of a system stands. */
export const BREAKER_ITEM = 'breaker';

/** How the breaker of a system stands, for all of its workers and for those who look. */
export const breakerState = z.object({
  /** `half-open`: one worker finds out whether the system is well again. */
  state: z.enum(['closed', 'open', 'half-open']),
  /** Closed since; or open since, the openings that followed without a good probe in between included. */
  since: epochMs,
  /** How often it opened since it was last closed for long: each time the pause is longer. */
  openings: z.number(),
  /** Why it opened last. A newer version may know more codes. */
  code: z.exactOptional(z.string()),
  /** Not closed: before it nobody tries the system. */
  probeAt: z.exactOptional(epochMs),
  /** Who tries it now, and until when they may. */
  probe: z.exactOptional(z.object({ token: z.string(), until: epochMs })),
  /** The system asked to be left alone until then, and not by one user only. */
  pausedUntil: z.exactOptional(epochMs),
  /** Who was told last to wait, by a call that began when, at what time and for how long. */
  asked: z.exactOptional(
    z.object({
      /** The end of a userRef: it tells two users apart and does not say who it was. */
      user: z.string(),
      beganAt: epochMs,
      at: epochMs,
      forMs: z.number(),
      /** Somebody else was served since. */
      served: z.exactOptional(z.literal(true)),
    }),
  ),
});

export type BreakerState = Readonly<z.infer<typeof breakerState>>;

/** How the breaker of a system stands that nothing is known of. */
export const NEVER_OPENED: BreakerState = { state: 'closed', since: 0, openings: 0 };
