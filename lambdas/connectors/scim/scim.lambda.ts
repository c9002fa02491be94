import { createDynamoDb } from '../../runtime/aws-clients';
import { createEnvironment } from '../../runtime/environment';
import { callHttp } from '../../runtime/http';
import { createConnectorHandler, createSecretsOfFunction } from '../connector-handler';
import { meteredHttp } from '../metered';
import { turnOf } from '../turn-of';
import type { Dialect } from './dialect';
import { createScimConnector } from './scim-connector';

const environment = createEnvironment(process.env);
const dynamoDb = createDynamoDb();
const secrets = createSecretsOfFunction();
const tokenSecretArn = environment.text('scimTokenSecretArn');
const connector = createScimConnector({
  baseUrl: environment.text('scimBaseUrl'),
  dialect: environment.json('scimDialect') as Dialect,
  token: async ({ fresh }) => (await (fresh ? secrets.reread : secrets.read)(tokenSecretArn)).text,
  http: meteredHttp(callHttp, turnOf(environment, dynamoDb)),
  timeoutMs: environment.number('requestTimeoutMs'),
  now: Date.now,
});

export const handler = createConnectorHandler(connector, {
  environment,
  dynamoDb,
  secrets,
});
