import { setTimeout } from 'node:timers/promises';
import status from 'punctual:status';
import { userRefOf } from '../../../events/user-ref';
import { createManagementApi } from '../../auth0/management-api';
import { createManagementToken } from '../../auth0/management-token';
import { backoffMs } from '../../connectors/outcome/retry-policy';
import { createLinksOf } from '../../provisioning-api/links-of-user';
import {
  createDynamoDb,
  createSecretsManager,
  createSes,
  createSns,
  createSqs,
} from '../../runtime/aws-clients';
import { createEnvironment } from '../../runtime/environment';
import { callHttp } from '../../runtime/http';
import { createLog } from '../../runtime/logger';
import { createMetrics } from '../../runtime/metrics';
import { createOwnEvents } from '../../runtime/own-events';
import { createSecrets, fetchSecretWith } from '../../runtime/secrets';
import { writeLine } from '../../runtime/write-line';
import { emailRefOf } from '../email-ref';
import { createInvitationRepository } from '../invitation-repository';
import { configuredPrepare } from '../precreate/configured-prepare';
import type { PrecreationSettings } from '../precreate/precreation-settings';
import { readRing } from '../token/invitation-ring';
import { createMailHandler } from './handle-mail-queue';
import type { MailSenders, MailSettings } from './mail-settings';
import { createSesMailer } from './ses-mailer';

/** Several calls are made for one mail, and a batch has a minute. */
const MANAGEMENT_TIMEOUT_MS = 5_000;
const MINUTE_MS = 60_000;
const BUDGET_MS = 24 * 60 * MINUTE_MS;
/** A crowd that SES sends back comes back spread over minutes; a single mail is there in seconds. */
const RETRY = {
  baseMs: 5_000,
  capMs: 15 * MINUTE_MS,
  horizonMs: BUDGET_MS,
  minAttempts: 1,
  budgetMs: BUDGET_MS,
};

const environment = createEnvironment(process.env);
const secrets = createSecrets(fetchSecretWith(createSecretsManager()), Date.now);
const senders = environment.json('invitationMail') as MailSenders;
const settings: MailSettings = {
  brand: status.brand,
  applications: environment.json('landingApplications') as MailSettings['applications'],
};

const client = createDynamoDb();
const invitations = createInvitationRepository(client, environment.text('invitationTableName'));
const textOf = async (name: 'invitationSecretArn' | 'pepperSecretArn' | 'punctualSecretArn') =>
  (await secrets.read(environment.text(name))).text;

const tenant = environment.text('tenant');
const http = { http: callHttp, now: Date.now };
const managementToken = createManagementToken(tenant, environment.text('managementSecretArn'), {
  ...{ ...http, secrets },
});

const prepare = configuredPrepare({
  settings: environment.json('precreation') as PrecreationSettings,
  attributes: environment.json('emittedAttributes') as string[],
  api: createManagementApi({
    ...{ ...http, tenant, token: managementToken, timeoutMs: MANAGEMENT_TIMEOUT_MS },
    pause: (ms) => setTimeout(ms),
  }),
  userRefOf: async (userId) => userRefOf(await textOf('pepperSecretArn'), tenant, userId),
  emailRefOf: async (email) => emailRefOf(await textOf('pepperSecretArn'), email),
  linksOf: createLinksOf(client, environment.text('userLinkTableName')),
  publish: createOwnEvents({
    ...{ sns: createSns(), topicArn: environment.text('eventTopicArn'), now: Date.now },
    keys: () => textOf('punctualSecretArn'),
  }),
  ...{ invitations, now: Date.now },
});

export const handler = createMailHandler({
  ...{ invitations, prepare },
  ring: async () => readRing(await textOf('invitationSecretArn'), Date.now()),
  mailer: createSesMailer({
    ...{ ses: createSes(), ...senders },
    configurationSet: environment.text('mailConfigurationSet'),
  }),
  ...{ settings, pageUrl: environment.text('invitationPageUrl'), now: Date.now },
  sqs: createSqs(),
  sourceQueueUrl: environment.text('sourceQueueUrl'),
  deadLetterQueueUrl: environment.text('deadLetterQueueUrl'),
  backoff: (deliveries, afterMs) => backoffMs(RETRY, deliveries, Math.random(), afterMs),
  budgetMs: BUDGET_MS,
  log: createLog(writeLine, Date.now),
  metrics: createMetrics(writeLine, Date.now, environment.text('environment')),
});
