import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { createManagementApi } from '../auth0/management-api';
import { createManagementToken } from '../auth0/management-token';
import { createInvitationRepository } from '../invitations/invitation-repository';
import { createTellLeaving } from '../invitations/precreate/leaving';
import { undo } from '../invitations/precreate/undo';
import { createInvitationSweep } from '../invitations/sweep-invitations';
import { createDynamoDb, createSecretsManager, createSns } from '../runtime/aws-clients';
import { createEnvironment } from '../runtime/environment';
import { callHttp } from '../runtime/http';
import { createLog } from '../runtime/logger';
import { createOwnEvents } from '../runtime/own-events';
import { createSecrets, fetchSecretWith } from '../runtime/secrets';
import { writeLine } from '../runtime/write-line';
import { createDueLinks } from './due-links';
import { createReminder } from './reminder';
import { createSweep } from './sweep';
import { sweepAll } from './sweep-all';

/** Nobody waits for it. */
const MANAGEMENT_TIMEOUT_MS = 5_000;
/** What was begun by then ends within the two minutes of the function, however slow Auth0 is. */
const INVITATIONS_BUDGET_MS = 60_000;

const environment = createEnvironment(process.env);
const secrets = createSecrets(fetchSecretWith(createSecretsManager()), Date.now);

const log = createLog(writeLine, Date.now);
const client = createDynamoDb();

const publish = createOwnEvents({
  sns: createSns(),
  topicArn: environment.text('eventTopicArn'),
  keys: async () => (await secrets.read(environment.text('punctualSecretArn'))).text,
  now: Date.now,
});

const sweepLinks = createSweep({
  dueLinks: createDueLinks(client, environment.text('userLinkTableName')),
  remind: createReminder({ publish, newId: randomUUID, now: Date.now }),
  now: Date.now,
  log,
});

const sweepInvitations = (table: string) => {
  const tenant = environment.text('tenant');
  const http = { tenant, http: callHttp, now: Date.now };
  const token = createManagementToken(tenant, environment.text('managementSecretArn'), { ...http, secrets });
  const management = createManagementApi({
    ...{ ...http, token, timeoutMs: MANAGEMENT_TIMEOUT_MS },
    pause: (ms) => setTimeout(ms),
  });
  return createInvitationSweep({
    invitations: createInvitationRepository(client, table),
    undo: (row) => undo({ api: management, tellLeaving: createTellLeaving(publish, Date.now) }, row),
    keepMs: environment.number('keepAddressMs'),
    budgetMs: INVITATIONS_BUDGET_MS,
    now: Date.now,
    log,
  });
};

const invitationTable = environment.optional('invitationTableName');

export const handler = sweepAll([
  sweepLinks,
  ...(invitationTable === undefined ? [] : [sweepInvitations(invitationTable)]),
]);
