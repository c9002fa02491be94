import * as z from 'zod/mini';

/** `created_at` of a user, as the Action gives it: a moment in ISO 8601. */
export const createdAt = z.string().check(
  z.maxLength(40),
  z.refine((text) => !Number.isNaN(Date.parse(text))),
);
