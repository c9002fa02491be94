import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { createEventBridgeHandover } from '../../../lambdas/connectors/eventbridge/eventbridge-handover';
import { createPutEvent } from '../../../lambdas/connectors/eventbridge/put-event';
import { createEventBuses } from '../../../local/aws/events/event-buses';
import { createEventsService } from '../../../local/aws/events/events-service';
import { type FrontDoorOptions, openFrontDoor } from '../../../local/aws/front-door';
import { startBusListener } from '../../../local/remotes/bus-listener';
import type { HandoverKind, HandoverSubject } from './handover-subject';
import { Patience } from './subject';
import { toldSubject } from './told-subject';

const BUS = 'arn:aws:events:us-east-1:000000000000:event-bus/accounts';
const credentials = { accessKeyId: 'LKIA', secretAccessKey: 'secret', sessionToken: 'local' };

async function start(): Promise<HandoverSubject> {
  const buses = createEventBuses();
  const events = createEventsService({ buses, mayEncrypt: () => true });
  const door = await openFrontDoor({
    ...{ port: 0, clock: { now: Date.now }, kill: () => undefined, authorize: () => undefined },
    services: async () => ({ events }) as unknown as Awaited<ReturnType<FrontDoorOptions['services']>>,
  });
  const listener = await startBusListener({ name: 'system', now: Date.now, kill: () => undefined }, 0);
  buses.listen(BUS, listener.listener);
  const client = new EventBridgeClient({
    ...{ endpoint: door.url, region: 'us-east-1', credentials, maxAttempts: 1 },
  });
  const patience = new Patience();
  const handover = createEventBridgeHandover({
    bus: BUS,
    parties: { source: 'urn:punctual:acme.eu.auth0.com:dev', system: 'system' },
    putEvent: (event) => createPutEvent(client, patience.ms)(event),
  });
  return {
    ...toldSubject(listener, 'eventbridge', patience),
    handover,
    stop: async () => {
      client.destroy();
      await Promise.all([door.close(), listener.stop()]);
    },
  };
}

const throttled = { code: 'remote-throttled' };
const unavailable = { code: 'remote-unavailable' };
const silent = { code: 'remote-timeout' };
const unreadable = { code: 'remote-invalid-answer' };

export const eventbridgeKind: HandoverKind = {
  start,
  contract: {
    conflict: { code: 'remote-misconfigured' },
    // EventBridge asks for no time.
    ...{ throttled, 'throttled-until': throttled },
    ...{ 'server-error': unavailable, unavailable, 'error-after': unavailable },
    unauthorized: { code: 'remote-unauthorized' },
    ...{ reset: unavailable, 'reset-after': unavailable },
    ...{ timeout: silent, 'timeout-after': silent, 'slow-body': silent },
    // HTTP says 200 also of what was not taken.
    ...{ 'malformed-json': unreadable, 'wrong-schema': unreadable },
  },
};
