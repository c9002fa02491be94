import * as z from 'zod/mini';
import {
  INVITATION_BINDS,
  INVITATION_LANGUAGES,
  INVITATION_MODES,
  INVITATION_STATES,
  MAIL_STATES,
  MOST_EXPIRY_DAYS,
} from './invitation';

/** What goes into the routes of invitations and what they answer. An answer may hold more fields in a later version. */

export const MOST_DATA_KEYS = 20;
/** Of the JSON, in UTF-8. */
export const MOST_DATA_BYTES = 2_048;
export const MOST_ROLES = 20;

const dataValue = z.union([
  z.string().check(z.maxLength(512)),
  z.number().check(z.gte(Number.MIN_SAFE_INTEGER), z.lte(Number.MAX_SAFE_INTEGER)),
  z.boolean(),
]);

const data = z.record(z.string().check(z.regex(/^(?!__proto__$)[A-Za-z0-9_]{1,64}$/)), dataValue).check(
  z.refine((given) => Object.keys(given).length <= MOST_DATA_KEYS),
  z.refine((given) => new TextEncoder().encode(JSON.stringify(given)).length <= MOST_DATA_BYTES),
);

const roleName = z.string().check(z.minLength(1), z.maxLength(64));
const name = z.string().check(z.minLength(1), z.maxLength(64));

/** `POST /invitations` */
export const inviteBody = z.strictObject({
  /** Where the mail goes. */
  email: z.email().check(z.maxLength(254)),
  /** Names of configured roles that are granted. None when left out. */
  roles: z.optional(z.array(roleName).check(z.maxLength(MOST_ROLES))),
  /** References into the caller's own systems, for the mappings of all systems. */
  data: z.optional(data),
  /** ISO 8601, at most 30 days ahead. */
  expiresAt: z.optional(z.iso.datetime({ offset: true })),
  /** Instead of `expiresAt`. */
  expiresInDays: z.optional(z.int().check(z.gte(1), z.lte(MOST_EXPIRY_DAYS))),
  language: z.optional(z.enum(INVITATION_LANGUAGES)),
  mode: z.optional(z.enum(INVITATION_MODES)),
  bind: z.optional(z.enum(INVITATION_BINDS)),
  /** The configured application to land in; the first one when left out. */
  application: z.optional(name),
});

export type InviteBody = Readonly<z.infer<typeof inviteBody>>;

/** An invitation, without anything that opens it. */
export const invitationView = z.object({
  id: z.string(),
  state: z.enum(INVITATION_STATES),
  mode: z.enum(INVITATION_MODES),
  bind: z.enum(INVITATION_BINDS),
  /** Absent once the address is forgotten. */
  email: z.optional(z.string()),
  roles: z.array(z.string()),
  data: z.record(z.string(), dataValue),
  application: z.string(),
  language: z.enum(INVITATION_LANGUAGES),
  createdAt: z.string(),
  expiresAt: z.string(),
  createdBy: z.string(),
  /** How often it was sent. */
  sending: z.int(),
  mail: z.optional(z.object({ state: z.enum(MAIL_STATES), at: z.string(), code: z.optional(z.string()) })),
  /** userRef of who redeemed it. */
  redeemedBy: z.optional(z.string()),
  redeemedAt: z.optional(z.string()),
  /** What was done ahead, in the mode `precreate`. */
  precreation: z.optional(z.enum(['prepared', 'fallback', 'finalized'])),
  revokedAt: z.optional(z.string()),
});

export type InvitationView = Readonly<z.infer<typeof invitationView>>;

export const invitationAnswer = z.object({ invitation: invitationView });

/** Which invitations are listed. */
export const invitationListQuery = z.strictObject({
  /** Left out with an address: all of them. */
  state: z.optional(z.enum(INVITATION_STATES)),
  /** Those to one address, in any spelling of upper and lower case. */
  email: z.optional(z.email().check(z.maxLength(254))),
  /** How many, at most. */
  limit: z.optional(z.string().check(z.regex(/^([1-9]\d?|100)$/))),
  /** `next` of the page before. */
  cursor: z.optional(z.string().check(z.maxLength(2048))),
});

export const invitationList = z.object({
  invitations: z.array(invitationView),
  /** Where the list goes on, for `cursor`. */
  next: z.optional(z.string()),
});

export type InvitationList = Readonly<z.infer<typeof invitationList>>;

/** What an invitation brought a person. */
export const ownInvitation = z.object({
  id: z.string(),
  redeemedAt: z.string(),
  roles: z.array(z.string()),
  data: z.record(z.string(), dataValue),
  application: z.string(),
});

export type OwnInvitation = Readonly<z.infer<typeof ownInvitation>>;
