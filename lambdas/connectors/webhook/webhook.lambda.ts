import { createDynamoDb } from '../../runtime/aws-clients';
import { createEnvironment } from '../../runtime/environment';
import { createGuardedHttp } from '../../runtime/guarded-http';
import { createConnectorHandler, createSecretsOfFunction } from '../connector-handler';
import { partiesOf } from '../handover-parties';
import { meteredHttp } from '../metered';
import { turnOf } from '../turn-of';
import { createWebhookHandover } from './webhook-handover';

const environment = createEnvironment(process.env);
const dynamoDb = createDynamoDb();
const secrets = createSecretsOfFunction();
const secretArn = environment.text('webhookSecretArn');
const handover = createWebhookHandover({
  url: environment.text('webhookUrl'),
  parties: partiesOf(environment),
  keys: async () => (await secrets.read(secretArn)).text,
  http: meteredHttp(createGuardedHttp(), turnOf(environment, dynamoDb)),
  timeoutMs: environment.number('requestTimeoutMs'),
  now: Date.now,
});

export const handler = createConnectorHandler(handover, {
  environment,
  dynamoDb,
  secrets,
});
