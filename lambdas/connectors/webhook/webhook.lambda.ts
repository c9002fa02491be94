import { createDynamoDb } from '../../runtime/aws-clients';
import { createEnvironment } from '../../runtime/environment';
import { createGuardedHttp } from '../../runtime/guarded-http';
import { createConnectorHandler, createSecretsOfFunction } from '../connector-handler';
import { meteredHttp } from '../gate/metered';
import { turnOf } from '../gate/turn-of';
import { partiesOf } from '../hand-over/handover-parties';
import { webhookExplained } from './webhook-explained';
import { createWebhookHandover } from './webhook-handover';

const environment = createEnvironment(process.env);
const dynamoDb = createDynamoDb();
const secrets = createSecretsOfFunction();
const secretArn = environment.text('webhookSecretArn');
const url = environment.text('webhookUrl');

export const handler = createConnectorHandler(
  ({ http }) =>
    createWebhookHandover({
      ...{ url, http },
      parties: partiesOf(environment),
      keys: async () => (await secrets.read(secretArn)).text,
      timeoutMs: environment.number('requestTimeoutMs'),
      now: Date.now,
    }),
  {
    environment,
    dynamoDb,
    http: meteredHttp(createGuardedHttp(), turnOf(environment, dynamoDb)),
    secrets,
    explained: webhookExplained(url),
  },
);
