import status from 'punctual:status';
import { backoffMs } from '../../connectors/outcome/retry-policy';
import { createDynamoDb, createSecretsManager, createSes, createSqs } from '../../runtime/aws-clients';
import { createEnvironment } from '../../runtime/environment';
import { createLog } from '../../runtime/logger';
import { createMetrics } from '../../runtime/metrics';
import { createSecrets, fetchSecretWith } from '../../runtime/secrets';
import { writeLine } from '../../runtime/write-line';
import { createInvitationRepository } from '../invitation-repository';
import { readRing } from '../token/invitation-ring';
import { createMailHandler } from './handle-mail-queue';
import type { MailSenders, MailSettings } from './mail-settings';
import { createSesMailer } from './ses-mailer';

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

export const handler = createMailHandler({
  invitations: createInvitationRepository(createDynamoDb(), environment.text('invitationTableName')),
  ring: async () => readRing((await secrets.read(environment.text('invitationSecretArn'))).text, Date.now()),
  prepare: async () => ({ outcome: 'fallback' }),
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
