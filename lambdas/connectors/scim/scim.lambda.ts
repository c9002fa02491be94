import { createAccessTokens } from '../../auth/access-tokens';
import { type BearerToken, createSecretToken } from '../../auth/bearer-token';
import { createDynamoDb } from '../../runtime/aws-clients';
import { createEnvironment } from '../../runtime/environment';
import { callHttp } from '../../runtime/http';
import { createConnectorHandler, createSecretsOfFunction } from '../connector-handler';
import { meteredHttp } from '../gate/metered';
import { turnOf } from '../gate/turn-of';
import type { Dialect } from './dialect';
import { createScimConnector } from './scim-connector';
import { scimExplained } from './scim-explained';
import { type ScimServer, serversOf } from './scim-server';

const environment = createEnvironment(process.env);
const dynamoDb = createDynamoDb();
const secrets = createSecretsOfFunction();
const dialect = environment.json('scimDialect') as Dialect;
const timeoutMs = environment.number('requestTimeoutMs');
const servers = serversOf(environment);
// One of each for all: whoever only explains uses the token that is known as well.
const ways = new Map([...servers].map(([instance, server]) => [instance, wayTo(server)]));
const clients = new Map([...servers.keys()].map((instance) => [instance, clientOf(instance)]));

export const handler = createConnectorHandler(
  ({ http }, instance) =>
    createScimConnector({ ...of(ways, instance), ...{ dialect, http, timeoutMs }, now: Date.now }),
  {
    environment,
    dynamoDb,
    http: clientOf(undefined),
    httpOf: (instance) => of(clients, instance),
    secrets,
    explained: scimExplained(...[...servers.values()].map(({ baseUrl }) => baseUrl)),
  },
);

function of<T>(all: ReadonlyMap<string | undefined, T>, instance: string | undefined): T {
  const one = all.get(instance);
  if (one === undefined) throw new Error('The configuration has no such instance.');
  return one;
}

function clientOf(instance: string | undefined) {
  return meteredHttp(callHttp, turnOf(environment, dynamoDb, instance));
}

function wayTo(server: ScimServer) {
  return { baseUrl: server.baseUrl, token: tokenOf(server) };
}

function tokenOf({ endpoint, secretArn }: ScimServer): BearerToken {
  if (endpoint === undefined) return createSecretToken(secrets, secretArn);
  return createAccessTokens({
    endpoint,
    credentials: async ({ fresh }) => (await (fresh ? secrets.reread : secrets.read)(secretArn)).text,
    // The rate is that of the system, not of whoever gives tokens for it.
    http: callHttp,
    timeoutMs,
    now: Date.now,
  });
}
