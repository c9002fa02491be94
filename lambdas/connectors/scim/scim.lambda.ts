import { createDynamoDb } from '../../runtime/aws-clients';
import { createEnvironment } from '../../runtime/environment';
import { callHttp } from '../../runtime/http';
import { type BearerToken, createSecretToken } from '../bearer-token';
import { createConnectorHandler, createSecretsOfFunction } from '../connector-handler';
import { meteredHttp } from '../gate/metered';
import { turnOf } from '../gate/turn-of';
import { createAccessTokens } from './access-tokens';
import type { Dialect } from './dialect';
import type { TokenEndpoint } from './scim-auth';
import { createScimConnector } from './scim-connector';
import { scimExplained } from './scim-explained';

const environment = createEnvironment(process.env);
const dynamoDb = createDynamoDb();
const secrets = createSecretsOfFunction();
const baseUrl = environment.text('scimBaseUrl');
const dialect = environment.json('scimDialect') as Dialect;
const timeoutMs = environment.number('requestTimeoutMs');
// One for all: whoever only explains uses the token that is known as well.
const token = tokenOf(environment.optional('scimTokenEndpoint'));

export const handler = createConnectorHandler(
  ({ http }) => createScimConnector({ ...{ baseUrl, dialect, http, token, timeoutMs }, now: Date.now }),
  {
    environment,
    dynamoDb,
    http: meteredHttp(callHttp, turnOf(environment, dynamoDb)),
    secrets,
    explained: scimExplained(baseUrl),
  },
);

function tokenOf(endpoint: string | undefined): BearerToken {
  if (endpoint === undefined) return createSecretToken(secrets, environment.text('scimTokenSecretArn'));
  const arn = environment.text('scimClientSecretArn');
  return createAccessTokens({
    endpoint: JSON.parse(endpoint) as TokenEndpoint,
    credentials: async ({ fresh }) => (await (fresh ? secrets.reread : secrets.read)(arn)).text,
    // The rate is that of the system, not of whoever gives tokens for it.
    http: callHttp,
    timeoutMs,
    now: Date.now,
  });
}
