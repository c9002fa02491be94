import * as z from 'zod/mini';
import { EVENT_TYPES } from './event-types';
import { MAX_USER_ID_LENGTH } from './user-id';

/**
 * The envelope of every event: CloudEvents 1.0 in JSON. This schema is the single source of the TypeScript
 * types, of the parser, of the published JSON Schema and of the model API Gateway validates with.
 * Every string, array and object is bounded, because every field is written by somebody else.
 */

/** Characters of a system's own id of an account at most: it is part of a row that is to stay below 1 KB. */
export const MAX_ACCOUNT_ID_LENGTH = 256;
/** Properties of `data.user` at most. */
export const MAX_USER_PROPERTIES = 42;

const text = (max: number) => z.string().check(z.maxLength(max));
const requiredText = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));
const timestamp = () => text(40).register(z.globalRegistry, { format: 'date-time' });

// Beyond these bounds a number of JavaScript is no longer the number that was sent.
const number = () => z.number().check(z.gte(Number.MIN_SAFE_INTEGER), z.lte(Number.MAX_SAFE_INTEGER));

const attributeValue = z.union([
  text(1024),
  number(),
  z.boolean(),
  z.null(),
  z.array(text(1024)).check(z.maxLength(50)),
]);

const userFields = {
  created_at: z.optional(timestamp()),
  updated_at: z.optional(timestamp()),
  email: z.optional(text(320)),
  email_verified: z.optional(z.boolean()),
  username: z.optional(text(256)),
};

const user = z
  .catchall(z.object({ user_id: requiredText(MAX_USER_ID_LENGTH), ...userFields }), attributeValue)
  .register(z.globalRegistry, { maxProperties: MAX_USER_PROPERTIES });

/** `data.user` without the id, for who says elsewhere whose attributes they are. */
export const userAttributesSchema = z
  .catchall(z.object(userFields), attributeValue)
  .register(z.globalRegistry, { maxProperties: MAX_USER_PROPERTIES - 1 });

/** `data.connection`. */
export const connectionSchema = z.strictObject({ name: text(128), strategy: text(64) });

// Becomes a message attribute that queues filter on, so its alphabet is narrow.
const system = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/));

// What an accepted invitation brings. The keys of `data` become parts of attribute names.
const invitation = z.strictObject({
  id: z.string().check(z.regex(/^[A-Za-z0-9_-]{22}$/)),
  roles: z.array(text(64)).check(z.maxLength(20)),
  data: z
    .catchall(z.object({}), z.union([text(512), number(), z.boolean()]))
    .register(z.globalRegistry, { maxProperties: 20 }),
});

const data = z
  .catchall(
    z.object({
      user,
      connection: z.optional(connectionSchema),
      // Of all identities of a user.
      connections: z.optional(z.array(text(128)).check(z.maxLength(50))),
      system: z.optional(system),
      // Anything that is short: what is no country of ours has a code of its own.
      country: z.optional(text(64)),
      accountId: z.optional(requiredText(MAX_ACCOUNT_ID_LENGTH)),
      invitation: z.optional(invitation),
    }),
    attributeValue,
  )
  .register(z.globalRegistry, { maxProperties: 20 });

const envelopeFields = {
  specversion: z.literal('1.0'),
  id: requiredText(256),
  source: requiredText(1024),
  time: requiredText(40).register(z.globalRegistry, { format: 'date-time' }),
  datacontenttype: z.optional(text(128)),
  subject: z.optional(text(1024)),
  data,
};

// CloudEvents allows extension attributes beside the known ones.
const envelope = <T extends z.ZodMiniType<string>>(type: T) =>
  z
    .catchall(z.object({ ...envelopeFields, type }), z.union([text(1024), number(), z.boolean()]))
    .register(z.globalRegistry, { maxProperties: 20 });

/** The envelope with a type that Punctual knows. */
export const eventSchema = envelope(z.enum(EVENT_TYPES));

/**
 * What the API lets in: as {@link eventSchema}, but with any well-formed type, because an unknown type is not
 * the caller's mistake to fix at once. It is kept in quarantine for an operator.
 */
export const acceptedEventSchema = envelope(z.string().check(z.regex(/^[A-Za-z0-9._-]{1,128}$/)));

/** A value of `data.user` beyond the fields that Punctual itself reads. */
export type AttributeValue = z.infer<typeof attributeValue>;
/** `data.user`: `user_id` is Auth0's; timestamps are ISO 8601; everything else is optional. */
export type EventUser = z.infer<typeof user>;
/** `data.user` without the id. */
export type UserAttributes = z.infer<typeof userAttributesSchema>;
/** The Auth0 connection a person came through, such as `{ name: 'google', strategy: 'google-oauth2' }`. */
export type EventConnection = z.infer<typeof connectionSchema>;
/** `data.invitation`: what somebody accepted. */
export type EventInvitation = z.infer<typeof invitation>;
/** A parsed event. */
export type UserEvent = z.infer<typeof eventSchema>;
