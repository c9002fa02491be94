import { createDynamoDb } from '../../runtime/aws-clients';
import { createEnvironment } from '../../runtime/environment';
import { createConnectorHandler, createSecretsOfFunction } from '../connector-handler';
import { meteredConnector } from '../metered';
import { turnOf } from '../turn-of';
import { createProfileConnector } from './profile-connector';

const environment = createEnvironment(process.env);
const dynamoDb = createDynamoDb();
const defaults = environment.json('profileDefaults') as Record<string, unknown>;
const connector = createProfileConnector(dynamoDb, environment.text('profileTableName'), defaults);

export const handler = createConnectorHandler(meteredConnector(connector, turnOf(environment, dynamoDb)), {
  environment,
  dynamoDb,
  secrets: createSecretsOfFunction(),
});
