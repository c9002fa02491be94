import { createDynamoDb } from '../../runtime/aws-clients';
import { createEnvironment } from '../../runtime/environment';
import { callHttp } from '../../runtime/http';
import { createConnectorHandler, createSecretsOfFunction } from '../connector-handler';
import { meteredHttp } from '../metered';
import { turnOf } from '../turn-of';
import type { Dialect } from './dialect';
import { createScimConnector } from './scim-connector';
import { scimExplained } from './scim-explained';

const environment = createEnvironment(process.env);
const dynamoDb = createDynamoDb();
const secrets = createSecretsOfFunction();
const tokenSecretArn = environment.text('scimTokenSecretArn');
const baseUrl = environment.text('scimBaseUrl');
const dialect = environment.json('scimDialect') as Dialect;

export const handler = createConnectorHandler(
  ({ http }) =>
    createScimConnector({
      ...{ baseUrl, dialect, http },
      token: async ({ fresh }) => (await (fresh ? secrets.reread : secrets.read)(tokenSecretArn)).text,
      timeoutMs: environment.number('requestTimeoutMs'),
      now: Date.now,
    }),
  {
    environment,
    dynamoDb,
    http: meteredHttp(callHttp, turnOf(environment, dynamoDb)),
    secrets,
    explained: scimExplained(baseUrl),
  },
);
