import * as z from 'zod';

/** Types that streams may be about, without those that are in Early Access. */
const EVENT_TYPES = [
  ...['user.created', 'user.updated', 'user.deleted'],
  ...['organization.created', 'organization.updated', 'organization.deleted'],
  ...['organization.member.added', 'organization.member.deleted'],
  ...['organization.member.role.assigned', 'organization.member.role.deleted'],
] as const;

const subscriptions = z.array(z.strictObject({ event_type: z.enum(EVENT_TYPES) })).min(1);

const action = z.strictObject({
  type: z.literal('action'),
  configuration: z.strictObject({ action_id: z.string().min(1) }),
});

const webhook = z.strictObject({
  type: z.literal('webhook'),
  configuration: z.strictObject({
    webhook_endpoint: z.url({ protocol: /^https$/ }),
    webhook_authorization: z.looseObject({ method: z.enum(['basic', 'bearer']) }),
  }),
});

const eventbridge = z.strictObject({
  type: z.literal('eventbridge'),
  configuration: z.strictObject({ aws_account_id: z.string().regex(/^\d{12}$/), aws_region: z.string() }),
});

const CHANGES = {
  /** Approximated: Auth0 documents no length. */
  name: z.string().trim().min(1).max(128).optional(),
  subscriptions: subscriptions.optional(),
  destination: z.discriminatedUnion('type', [action, webhook, eventbridge]).optional(),
  status: z.enum(['enabled', 'disabled']).optional(),
};

export const UPDATE_STREAM = z.strictObject(CHANGES);

export const CREATE_STREAM = UPDATE_STREAM.required({ destination: true });

export type StreamChanges = z.output<typeof UPDATE_STREAM>;
export type NewStream = z.output<typeof CREATE_STREAM>;
