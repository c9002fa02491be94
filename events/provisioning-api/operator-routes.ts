import * as z from 'zod/mini';

/** Calls that the function of the API takes from operators alone, who invoke it themselves. */
export const OPERATOR_ROUTES = {
  exportInvitations: 'GET /users/{id}/invitations',
  forgetInvitations: 'DELETE /users/{id}/invitations',
} as const;

/** Whose they are, beside the id. */
export const forgetBody = z.strictObject({
  /** The address of the profile; null where nobody vouches for one. Auth0 is asked for it when left out. */
  email: z.optional(z.nullable(z.string().check(z.maxLength(320)))),
  /** ISO 8601: what a life of theirs that began later redeemed is left. */
  until: z.optional(z.iso.datetime()),
});

export const forgetAnswer = z.object({ forgotten: z.int() });
export const exportInvitationsAnswer = z.object({
  invitations: z.array(z.record(z.string(), z.unknown())),
});
