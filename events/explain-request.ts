import * as z from 'zod/mini';

/**
 * What an operator invokes the function of a system with. A message of its queue has `Records` instead.
 */
export const explainRequest = z.object({
  explain: z.object({
    /** Auth0's `user_id`. */
    userId: z.string().check(z.minLength(1), z.maxLength(1024)),
    /** The event to explain, as its sender would write it; absent where nobody knows the user's attributes. */
    event: z.exactOptional(z.string().check(z.maxLength(262_144))),
    /** True to show personal data. Secrets are shown to nobody. */
    reveal: z.boolean(),
  }),
});

export type ExplainRequest = Readonly<z.infer<typeof explainRequest>>;
