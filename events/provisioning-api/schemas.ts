import * as z from 'zod/mini';
import { connectionSchema, userAttributesSchema } from '../event-schema';
import { ownInvitation } from '../invitations/schemas';
import { LINK_STATES } from '../link-state';

/**
 * What goes into the provisioning API and what it answers: the single source of its types, of what the function takes,
 * and of docs/openapi.json. An answer may hold more fields in a later version.
 */

/** What may be said when an account is asked for. */
export const askBody = z.strictObject({
  /** The country that the account is asked for in, in a system that has instances. */
  country: z.optional(z.string().check(z.minLength(1), z.maxLength(64))),
});

/** What a person changes of themselves; null takes a value away. */
export const changeBody = z.strictObject({
  user_metadata: z
    .catchall(z.object({}), z.union([z.string().check(z.maxLength(1000)), z.number(), z.boolean(), z.null()]))
    .register(z.globalRegistry, { maxProperties: 20 })
    .check(
      z.refine((metadata) => {
        const { length } = Object.keys(metadata);
        return length > 0 && length <= 20;
      }),
    ),
});

export type ChangeBody = Readonly<z.infer<typeof changeBody>>;

/** What of it they may change, as it is now. */
export const changeAnswer = z.object({ user_metadata: z.record(z.string(), z.unknown()) });

/** An administrator's token says nothing of the user, so that the call may. */
export const askForBody = z.strictObject({
  ...askBody.shape,
  /** As in an event, without `user_id`. */
  user: z.optional(userAttributesSchema),
  connection: z.optional(connectionSchema),
});

export type AskForBody = Readonly<z.infer<typeof askForBody>>;

/** An account of a user in a system, or why there is none. */
const linkView = z.object({
  system: z.string(),
  state: z.enum(LINK_STATES),
  /** Why the link is in this state, where the state alone does not say. */
  code: z.optional(z.string()),
  /** The same in plain words. */
  words: z.optional(z.string()),
  /** The system's own id of the account. */
  accountId: z.optional(z.string()),
  /** The instance that the account is in, of a system that has several. */
  instance: z.optional(z.string()),
  updatedAt: z.string(),
});

export type LinkView = Readonly<z.infer<typeof linkView>>;

/** A user and their accounts. */
export const userView = z.object({
  /** `user_id` in Auth0. */
  id: z.string(),
  /** The name that logs and tables know the user by. */
  userRef: z.string(),
  /** The connection that the token names. */
  connection: z.optional(connectionSchema),
  /** True where nobody who comes by the connection gets an account; absent where nobody said which one it is. */
  passThrough: z.optional(z.boolean()),
  /** True where no required system is waited for and none failed: what the status page waits for at a login. */
  ready: z.boolean(),
  links: z.array(linkView),
  /** Those that the person of the token accepted; absent where there are none to be had. */
  invitations: z.optional(z.array(ownInvitation)),
});

export type UserView = Readonly<z.infer<typeof userView>>;

/** What became of an account that was asked for. */
export const askAnswer = z.object({ link: linkView });

/** One that is not settled yet. The row may not be there yet. */
export const waitAnswer = z.object({ link: z.partial(linkView, { updatedAt: true }) });

/** Which links are listed, and from where on. */
export const listQuery = z.strictObject({
  system: z.string(),
  state: z.string(),
  /** How many, at most. */
  limit: z.optional(z.string().check(z.regex(/^([1-9]\d?|100)$/))),
  /** `next` of the page before. */
  cursor: z.optional(z.string().check(z.maxLength(2048))),
});

/** Links of many users. */
export const linkList = z.object({
  links: z.array(
    z.object({
      ...linkView.shape,
      userRef: z.string(),
      /** What stands for the user in a path of this API; absent once the user is erased. */
      id: z.optional(z.string()),
    }),
  ),
  /** Where the list goes on, for `cursor`. */
  next: z.optional(z.string()),
});

export type LinkList = Readonly<z.infer<typeof linkList>>;

/** An erasure that was begun. */
export const erasureAnswer = z.object({
  userRef: z.string(),
  /** Every life of the user that began then or before goes. ISO 8601. */
  until: z.string(),
  /** Systems that are told: they remove an account, or look whether there is one. */
  systems: z.array(z.string()),
  /**
   * Systems where the user has a link and where nobody can be told, as they are retired or gone: have the account removed
   * there, and say so to `punctual erase` with --by-hand.
   */
  byHand: z.array(z.string()),
});

export type ErasureAnswer = Readonly<z.infer<typeof erasureAnswer>>;

/** What is kept of a user, without the secrets of workers. */
export const exportAnswer = z.object({
  type: z.literal('punctual.rows'),
  version: z.literal(1),
  exportedAt: z.string(),
  id: z.string(),
  userRef: z.string(),
  links: z.array(z.record(z.string(), z.unknown())),
  /** Those that they accepted, and those to their address where it is known. */
  invitations: z.optional(z.array(z.record(z.string(), z.unknown()))),
  /** What no table of links holds, and where it is. */
  notIncluded: z.array(z.object({ what: z.string(), where: z.string() })),
});

export type ExportAnswer = Readonly<z.infer<typeof exportAnswer>>;

/** RFC 9457. `code` is stable; `title` is what it means. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  /** What of the call it is about, never a value of it. */
  detail: z.optional(z.string()),
  requestId: z.optional(z.string()),
  /** The link that the problem is about. */
  link: z.optional(linkView),
});

export type Problem = Readonly<z.infer<typeof problemSchema>>;
