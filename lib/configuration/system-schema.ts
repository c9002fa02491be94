import * as z from 'zod';
import { attributeName } from './attribute-name';
import { breaker } from './breaker-schema';
import { profileCorrelation, scimCorrelation } from './correlation-schema';
import { customSettings } from './custom-schema';
import { dialect } from './dialect-schema';
import { eventbridgeSettings } from './eventbridge-schema';
import { country, instancesAt } from './instances-schema';
import { mappingTo } from './mapping-schema';
import { plainText } from './plain-text';
import { rate } from './rate-schema';
import { scimAttribute } from './scim-attributes';
import { scimAuth } from './scim-auth-schema';
import { scope } from './scope-schema';
import { section, textLike, wholeNumber } from './section';
import { sqsSettings } from './sqs-schema';
import { SYSTEM_INVARIANTS } from './system-invariants';
import { systemName } from './system-name';
import { LONGEST_REQUEST_SECONDS } from './timings';
import { webhookSettings } from './webhook-schema';

/** Each is a read of the table more, whenever an account is made or changed. */
const MOST_BEFORE = 5;

const retry = section({
  baseSeconds: wholeNumber(1, 900).default(1).describe('First delay; each further one may be twice as long.'),
  capSeconds: wholeNumber(1, 43_200)
    .default(900)
    .describe(
      'Longest delay, unless the system asks for more. The longer the horizon, the longer it must be: the queue gives a message up after 1000 receives.',
    ),
  horizonHours: wholeNumber(24, 336).default(24).describe('A message is retried for at least this long.'),
  minAttempts: wholeNumber(1, 100).default(5).describe('A message is tried at least this often.'),
});

const timeouts = section({
  requestSeconds: wholeNumber(1, LONGEST_REQUEST_SECONDS)
    .default(5)
    .describe('One call to the system may take this long.'),
  settleSeconds: wholeNumber(1, 900)
    .default(15)
    .describe('Wait after a call whose outcome is unknown, before looking whether it took effect.'),
});

const concurrencyOf = (functions: number) =>
  section({
    maxConcurrency: wholeNumber(2, 1_000)
      .default(functions)
      .describe('Functions that may work on the queue at once.'),
    batchSize: wholeNumber(1, 10).default(10).describe('Messages that one function takes at once.'),
  });

const threshold = section({
  accounts: wholeNumber(1, 1_000_000)
    .default(100)
    .describe('Accounts that may go within one window; what comes beyond is held for an operator.'),
  windowHours: wholeNumber(1, 168).default(24).describe('Length of a window. Windows follow one another.'),
});

const deprovision = section({
  ending: z
    .enum(['delete', 'disable'], { error: 'delete or disable' })
    .default('delete')
    .describe(
      '`disable` leaves the account of a deleted user switched off for good. Accounts that we did not make are never deleted. An erasure removes both kinds all the same.',
    ),
  afterMinutes: wholeNumber(15, 10_080)
    .default(15)
    .describe(
      'Wait before switching the account off: linking two users in Auth0 deletes one of them as well.',
    ),
  graceDays: wholeNumber(0, 365).default(30).describe('From switching the account off to deleting it.'),
  threshold: threshold.prefault({}).describe('Against a mistake that deletes many users at once.'),
});

const common = {
  label: plainText(40)
    .optional()
    .describe('What a person reads of the system. Its name with a capital letter when left out.'),
  state: z
    .enum(['active', 'retired'], { error: 'active or retired' })
    .default('active')
    .describe(
      '`retired` takes no new events and lets the queue run empty: the step before removing a system.',
    ),
  retry: retry.prefault({}).describe('How long a failing message is tried again.'),
  breaker: breaker.prefault({}).describe('When a system that fails for most users is left alone.'),
  provisionAt: z
    .enum(['registration', 'login', 'use'], { error: 'registration, login or use' })
    .default('registration')
    .describe(
      'When a user gets an account: ahead of time, with the first login, or only when one is asked for. Who has an account keeps it.',
    ),
  after: z
    .array(systemName, { error: 'a list of names of systems' })
    .max(MOST_BEFORE, { error: `at most ${MOST_BEFORE} systems` })
    .default([])
    .describe('Systems that are to have an account of the user first. Nobody waits for one on the way out.'),
  required: z
    .boolean({ error: 'true or false' })
    .default(false)
    .describe(
      'A person is ready once they have their account here. `punctual status` says who is, and of whom it is not known yet.',
    ),
  scope: scope.optional().describe('Who is to have an account there. Everybody when left out.'),
  rate: rate
    .optional()
    .describe('How often the system may be called. As often as `concurrency` makes it when left out.'),
  deprovision: deprovision.prefault({}).describe('What becomes of the account of a user who was deleted.'),
  timeouts: timeouts.prefault({}).describe('How long the system is waited for.'),
  concurrency: concurrencyOf(5).prefault({}).describe('How hard the system is worked.'),
  behindAfterMinutes: wholeNumber(1, 1_440)
    .default(15)
    .describe('Alarm when messages have waited, or kept failing, for this long.'),
};

const profile = section({
  kind: z.literal('profile').describe("One table per service, a row per user: the service's own profile."),
  attributes: z
    .array(attributeName, { error: 'a list of user attributes' })
    .default([])
    .describe('User attributes that a new row takes over from the event.'),
  defaults: z
    .record(attributeName, z.json({ error: 'a JSON value' }), { error: 'an object of JSON values' })
    .default({})
    .describe('Attributes that every new row starts with.'),
  mapping: mappingTo(attributeName),
  ...profileCorrelation,
  ...common,
});

const scimBaseUrl = textLike(
  /^https:\/\/[a-z0-9.-]+(?::\d{1,5})?(?:\/[A-Za-z0-9._~-]+)*$/,
  'an https URL without query and trailing slash, such as https://crm.example.com/scim/v2',
);

const scim = section({
  kind: z.literal('scim').describe('A SCIM 2.0 server.'),
  baseUrl: scimBaseUrl
    .optional()
    .describe("The server's base URL, to which /Users is appended. Of a system with several: `instances`."),
  instances: instancesAt(scimBaseUrl),
  country,
  auth: scimAuth,
  dialect,
  mapping: mappingTo(scimAttribute),
  ...scimCorrelation,
  ...common,
});

const webhook = section({ ...webhookSettings, ...common });

const eventbridge = section({ ...eventbridgeSettings, ...common });
const custom = section({ ...customSettings, ...common });

// Who has an account there, and when, only invitations say. Auth0 bounds the calls of a whole tenant.
const { provisionAt: _when, after: _order, scope: _who, ...ofGrants } = common;
const auth0 = section({
  kind: z
    .literal('auth0')
    .describe(
      "The tenant itself: what an accepted invitation brings becomes the user's roles and `app_metadata.invitation`.",
    ),
  ...ofGrants,
  concurrency: concurrencyOf(2).prefault({}).describe('How hard the Management API is worked.'),
});

const sqs = section({
  ...sqsSettings,
  state: common.state,
  behindAfterMinutes: common.behindAfterMinutes,
});

const KINDS = {
  profile,
  scim,
  webhook,
  eventbridge,
  custom,
  auth0,
  sqs,
};
type Kind = (typeof KINDS)[keyof typeof KINDS];

const wordsOfKinds = Object.keys(KINDS)
  .map((kind) => `'${kind}'`)
  .join(', ')
  .replace(/, ([^,]+)$/, ' or $1');

/** A system that must know the users. */
export const systemSchema = z
  .discriminatedUnion('kind', Object.values(KINDS) as [Kind, ...Kind[]], {
    error: `an object with kind: ${wordsOfKinds}`,
  })
  .superRefine((system, context) => {
    if (system.kind === 'sqs') return;
    for (const { broken, path, given, allowed } of SYSTEM_INVARIANTS) {
      if (!broken(system)) continue;
      context.addIssue({
        code: 'custom',
        path: [...path],
        message: allowed,
        params: { given: given(system) },
      });
    }
  })
  .describe('A system that must know the users.');

export type Auth0Configuration = z.output<typeof auth0>;
export type CustomConfiguration = z.output<typeof custom>;
export type ProfileConfiguration = z.output<typeof profile>;
export type ScimConfiguration = z.output<typeof scim>;
export type WebhookConfiguration = z.output<typeof webhook>;
export type EventBridgeConfiguration = z.output<typeof eventbridge>;
export type SqsConfiguration = z.output<typeof sqs>;
export type AnySystemConfiguration = z.output<typeof systemSchema>;
/** A system that a function of ours works for. */
export type SystemConfiguration = Exclude<AnySystemConfiguration, SqsConfiguration>;
