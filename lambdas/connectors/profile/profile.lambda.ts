import { createDynamoDb } from '../../runtime/aws-clients';
import { createEnvironment } from '../../runtime/environment';
import { callHttp } from '../../runtime/http';
import { createConnectorHandler, createSecretsOfFunction } from '../connector-handler';
import { meteredConnector } from '../gate/metered';
import { turnOf } from '../gate/turn-of';
import { createProfileConnector } from './profile-connector';
import { PROFILE_EXPLAINED } from './profile-explained';

const environment = createEnvironment(process.env);
const dynamoDb = createDynamoDb();
const takeTurn = turnOf(environment, dynamoDb);
const tableName = environment.text('profileTableName');
const defaults = environment.json('profileDefaults') as Record<string, unknown>;

export const handler = createConnectorHandler(
  (transport) => meteredConnector(createProfileConnector(transport.dynamoDb, tableName, defaults), takeTurn),
  {
    environment,
    dynamoDb,
    http: callHttp,
    secrets: createSecretsOfFunction(),
    explained: PROFILE_EXPLAINED,
  },
);
