import * as z from 'zod';
import { invitations, refuseWithoutApi } from './invitations-schema';
import { monitoringSchema } from './monitoring-schema';
import { provisioningApi, refuseForeignIssuer, refuseUnkeptChanges } from './provisioning-api-schema';
import { roleArn } from './role-arn';
import { section, textLike, wholeNumber } from './section';
import { throttleOf } from './throttle-schema';

const topicArn = textLike(
  /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]+$/,
  'the ARN of an SNS topic, such as arn:aws:sns:eu-west-1:123456789012:on-call',
);

/** AWS takes 50 tags on a resource, and some of them are ours. */
const MAX_TAGS = 40;
const TAG_TEXT = '[\\p{L}\\p{N} _.:/=+@-]';
const tagKey = textLike(
  new RegExp(`^(?!aws:|punctual:)${TAG_TEXT}{1,128}$`, 'iu'),
  'a key of letters, digits, spaces and _ . : / = + @ -, at most 128 of them, that begins with neither aws: nor punctual:',
);
const tagValue = textLike(
  new RegExp(`^${TAG_TEXT}{1,256}$`, 'u'),
  'a text of letters, digits, spaces and _ . : / = + @ -, at most 256 of them',
);

const tags = z
  .record(tagKey, tagValue, { error: "an object of texts, such as { team: 'identity' }" })
  .refine((given) => Object.keys(given).length <= MAX_TAGS, { error: `at most ${MAX_TAGS} tags` });

const alarms = z
  .union(
    [
      z.strictObject({
        email: z
          .email({ error: 'an e-mail address' })
          .describe('Address that confirms the subscription and gets every alarm.'),
      }),
      z.strictObject({
        topicArn: topicArn.describe('An existing topic. Its policy and key must let CloudWatch publish.'),
      }),
    ],
    { error: "either { email: 'on-call@example.com' } or { topicArn: 'arn:aws:sns:…' }" },
  )
  .describe('Where alarms go: an address, or a topic you have already.');

const quota = section({
  limit: wholeNumber(1, 2_000_000_000).describe('Calls that the API key may make in one period.'),
  period: z.enum(['DAY', 'WEEK', 'MONTH'], { error: 'DAY, WEEK or MONTH' }).describe('Length of the period.'),
});

const api = section({
  endpoint: z
    .enum(['regional', 'edge'], { error: 'regional or edge' })
    .default('regional')
    .describe("Regional by default, because the callers are Auth0's servers and not browsers."),
  throttle: throttleOf(500, 1_000)
    .prefault({})
    .describe('Protects the account; it is no authentication and no limit of cost.'),
  quota: quota.optional().describe('Calls for the API key in a period. No quota when left out.'),
});

const plainInterface = section({
  unsigned: z
    .boolean({ error: 'true or false' })
    .default(false)
    .describe(
      'Lets GET /store take calls without a signature. Such a call can only register a user; whoever has the ' +
        'API key can then invent users.',
    ),
});

const DOMAIN = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/;

/** Each is an origin that the page may send a person back to, and all of them are in a secret of the Action. */
const MOST_DOMAINS = 10;
const domains = z
  .array(textLike(DOMAIN, 'a domain in lower case without https://, such as login.acme.com'), {
    error: 'a list of domains',
  })
  .max(MOST_DOMAINS, { error: `at most ${MOST_DOMAINS} domains` });

const statusApi = section({
  throttle: throttleOf(200, 400)
    .prefault({})
    .describe('Protects the API in front: all APIs of an account and region share one rate.'),
});

/** One environment: one stack in one account and region. */
export const environmentSchema = section({
  tenant: textLike(
    DOMAIN,
    'the domain of the Auth0 tenant in lower case without https://, such as acme.eu.auth0.com',
  ).describe(
    "The Auth0 tenant's domain, which no other environment has. Part of every externalId and userRef: it must not change later.",
  ),
  domains: domains
    .default([])
    .describe('Custom domains of the tenant, at which people log in beside its own one.'),
  ephemeral: z
    .boolean({ error: 'true or false' })
    .default(false)
    .describe('A throw-away stack: deleting it deletes the tables, queues and keys with it.'),
  alarms,
  monitoring: monitoringSchema.prefault({}).describe('What alarms say, and when.'),
  api: api.prefault({}).describe('The API in front.'),
  statusApi: statusApi.prefault({}).describe('The API behind the page that a person sees at login.'),
  provisioningApi: provisioningApi
    .optional()
    .describe('The API for access tokens of the tenant. None when left out.'),
  invitations: invitations
    .optional()
    .describe('Links that carry people into roles and data. None when left out.'),
  apiLogRole: z
    .enum(['create', 'existing'], { error: 'create or existing' })
    .default('create')
    .describe(
      'API Gateway writes logs with one role per account and region. `create` makes it, and it stays when the ' +
        'stack goes; `existing` when there is one already.',
    ),
  plainInterface: plainInterface
    .prefault({})
    .describe('GET /store, for identity providers that cannot POST.'),
  publishers: z
    .array(roleArn, { error: 'a list of ARNs of IAM roles' })
    .default([])
    .describe(
      'Roles beside the API that may publish to the event topic, such as the one that redrives its DLQ.',
    ),
  tags: tags
    .default({})
    .describe(
      'Tags, such as a team or a cost centre, on everything that takes them, beside those that Punctual sets.',
    ),
})
  .superRefine(refuseForeignIssuer)
  .superRefine(refuseUnkeptChanges)
  .superRefine(refuseWithoutApi)
  .describe('One environment: one stack in one account and region.');

export type EnvironmentConfiguration = z.output<typeof environmentSchema>;
