import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { createDynamoDb } from '../../runtime/aws-clients';
import { createEnvironment } from '../../runtime/environment';
import { callHttp } from '../../runtime/http';
import { createConnectorHandler, createSecretsOfFunction } from '../connector-handler';
import { meteredPut } from '../gate/metered';
import { turnOf } from '../gate/turn-of';
import { partiesOf } from '../hand-over/handover-parties';
import { EVENTBRIDGE_EXPLAINED } from './eventbridge-explained';
import { createEventBridgeHandover } from './eventbridge-handover';
import { createPutEvent } from './put-event';

const environment = createEnvironment(process.env);
const dynamoDb = createDynamoDb();
const bus = environment.text('eventBusArn');
const [, , , region = ''] = bus.split(':');
const parties = partiesOf(environment);
// Each call of ours is one call, for which there was one turn. A bus is reached in its own region alone.
const client = new EventBridgeClient({ region, maxAttempts: 1 });
const putEvent = createPutEvent(client, environment.number('requestTimeoutMs'));

export const handler = createConnectorHandler(
  (transport) => createEventBridgeHandover({ bus, parties, putEvent: transport.putEvent }),
  {
    environment,
    dynamoDb,
    http: callHttp,
    putEvent: meteredPut(putEvent, turnOf(environment, dynamoDb)),
    secrets: createSecretsOfFunction(),
    explained: EVENTBRIDGE_EXPLAINED,
  },
);
