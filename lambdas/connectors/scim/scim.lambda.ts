import { createDynamoDb } from '../../runtime/aws-clients';
import { createEnvironment } from '../../runtime/environment';
import { callHttp } from '../../runtime/http';
import { createConnectorHandler, createSecretsOfFunction } from '../connector-handler';
import { createScimConnector } from './scim-connector';

const environment = createEnvironment(process.env);
const secrets = createSecretsOfFunction();
const tokenSecretArn = environment.text('scimTokenSecretArn');
const connector = createScimConnector({
  baseUrl: environment.text('scimBaseUrl'),
  token: async ({ fresh }) => (await (fresh ? secrets.reread : secrets.read)(tokenSecretArn)).text,
  http: callHttp,
  timeoutMs: environment.number('requestTimeoutMs'),
  now: Date.now,
});

export const handler = createConnectorHandler(connector, {
  environment,
  dynamoDb: createDynamoDb(),
  secrets,
});
