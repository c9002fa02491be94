import { setTimeout } from 'node:timers/promises';
import { createManagementApi } from '../../auth0/management-api';
import { createManagementToken } from '../../auth0/management-token';
import { createDynamoDb } from '../../runtime/aws-clients';
import { createEnvironment } from '../../runtime/environment';
import { callHttp } from '../../runtime/http';
import { createConnectorHandler, createSecretsOfFunction } from '../connector-handler';
import { meteredHttp } from '../gate/metered';
import { turnOf } from '../gate/turn-of';
import { createAuth0Connector } from './auth0-connector';
import { auth0Explained } from './auth0-explained';

const environment = createEnvironment(process.env);
const dynamoDb = createDynamoDb();
const secrets = createSecretsOfFunction();
const tenant = environment.text('tenant');
const roles = environment.json('auth0Roles') as Record<string, string>;
const timeoutMs = environment.number('requestTimeoutMs');
const token = createManagementToken(tenant, environment.text('managementSecretArn'), {
  ...{ secrets, http: callHttp, now: Date.now },
});

export const handler = createConnectorHandler(
  ({ http }) =>
    createAuth0Connector({
      roles,
      management: createManagementApi({
        ...{ tenant, token, http, timeoutMs, now: Date.now },
        pause: (ms) => setTimeout(ms),
      }),
    }),
  {
    environment,
    dynamoDb,
    http: meteredHttp(callHttp, turnOf(environment, dynamoDb)),
    secrets,
    explained: auth0Explained(tenant),
  },
);
