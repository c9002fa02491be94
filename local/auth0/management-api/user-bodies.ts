import * as z from 'zod';

/** Names that `app_metadata` may not have. */
const TAKEN: ReadonlySet<string> = new Set(
  (
    '__tenant _id blocked clientID created_at email_verified email globalClientID global_client_id identities lastIP ' +
    'lastLogin loginsCount metadata multifactor_last_modified multifactor updated_at user_id'
  ).split(' '),
);

/** @see https://auth0.com/docs/manage-users/user-accounts/metadata/metadata-fields-data */
const metadata = z.record(z.string().regex(/^[^.$]+$/), z.unknown());
const appMetadata = metadata.refine((values) => !Object.keys(values).some((name) => TAKEN.has(name)));

/** What both say of a user. */
const PROFILE = {
  email: z.email().optional(),
  email_verified: z.boolean().optional(),
  verify_email: z.boolean().optional(),
  username: z.string().min(1).max(128).optional(),
  blocked: z.boolean().optional(),
  ...Object.fromEntries(
    ['given_name', 'family_name', 'name', 'nickname', 'picture'].map((name) => [
      name,
      z.string().min(1).optional(),
    ]),
  ),
  user_metadata: metadata.optional(),
  app_metadata: appMetadata.optional(),
};

/** Of a user of a database; those of the others Auth0 makes at their login. */
export const CREATE_USER = z.strictObject({
  ...PROFILE,
  email: z.email(),
  connection: z.string().min(1),
  password: z.string().min(1),
  user_id: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/)
    .optional(),
});

export const CHANGE_USER = z.strictObject(PROFILE);

export const ROLE_IDS = z.strictObject({ roles: z.array(z.string().min(1)).min(1).max(50) });

const DEFAULT_TTL_SECONDS = 432_000;

/** Of the user's id alone: we ask for no other. */
export const PASSWORD_TICKET = z
  .strictObject({
    user_id: z.string().min(1),
    // 0 is the default, as Auth0 says.
    ttl_sec: z
      .int()
      .min(0)
      .default(0)
      .transform((seconds) => seconds || DEFAULT_TTL_SECONDS),
    mark_email_as_verified: z.boolean().default(false),
    result_url: z.url().optional(),
    client_id: z.string().optional(),
  })
  .refine(({ result_url: url, client_id: client }) => url === undefined || client === undefined, {
    message: 'result_url cannot be specified when using client_id',
    path: ['result_url'],
  });

export type NewUser = z.output<typeof CREATE_USER>;
export type UserChanges = z.output<typeof CHANGE_USER>;
export type NewTicket = z.output<typeof PASSWORD_TICKET>;
