import { randomUUID } from 'node:crypto';
import { createDynamoDb, createSecretsManager, createSns } from '../runtime/aws-clients';
import { createEnvironment } from '../runtime/environment';
import { createLog } from '../runtime/logger';
import { createSecrets, fetchSecretWith } from '../runtime/secrets';
import { writeLine } from '../runtime/write-line';
import { createDueLinks } from './due-links';
import { createReminder } from './reminder';
import { createSweep } from './sweep';

const environment = createEnvironment(process.env);
const secrets = createSecrets(fetchSecretWith(createSecretsManager()), Date.now);

export const handler = createSweep({
  dueLinks: createDueLinks(createDynamoDb(), environment.text('userLinkTableName')),
  remind: createReminder({
    sns: createSns(),
    topicArn: environment.text('eventTopicArn'),
    keys: async () => (await secrets.read(environment.text('punctualSecretArn'))).text,
    newId: randomUUID,
    now: Date.now,
  }),
  now: Date.now,
  log: createLog(writeLine, Date.now),
});
