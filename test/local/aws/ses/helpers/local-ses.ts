import { SESv2Client } from '@aws-sdk/client-sesv2';
import {
  type FrontDoor,
  type InProcessCall,
  openFrontDoor,
  type ServiceName,
} from '../../../../../local/aws/front-door';
import type { AwsService } from '../../../../../local/aws/service';
import { ConfigurationSets } from '../../../../../local/aws/ses/configuration-sets';
import { createSesService } from '../../../../../local/aws/ses/ses-service';
import { Outbox } from '../../../../../local/mail/outbox';

export const TOPIC = 'arn:aws:sns:us-east-1:000000000000:MailEvents';
export const SET = 'invitations';

export interface LocalSes {
  readonly client: SESv2Client;
  readonly door: FrontDoor;
  readonly outbox: Outbox;
  readonly lines: string[];
  /** Calls that SES made, as bounces are told of. */
  readonly published: InProcessCall[];
  close(): Promise<void>;
}

/** SES behind HTTP, with a configuration set that tells a topic of bounces and complaints. */
export async function startLocalSes(): Promise<LocalSes> {
  const lines: string[] = [];
  const published: InProcessCall[] = [];
  const outbox = new Outbox({ now: () => 0 }, { write: (_, line) => void lines.push(line) });
  const sets = new ConfigurationSets();
  sets.add(SET);
  sets.addDestination(SET, { topicArn: TOPIC, types: ['bounce', 'complaint'] });
  const call = async <T>(given: InProcessCall) => {
    published.push(given);
    return {} as T;
  };
  const ses = createSesService({ sets, outbox, door: { call }, log: { write: () => undefined } });
  const door = await openFrontDoor({
    ...{ port: 0, clock: { now: Date.now }, kill: () => undefined, authorize: () => undefined },
    services: async () => ({ ses }) as unknown as Record<ServiceName, AwsService>,
  });
  const client = new SESv2Client({
    ...{ endpoint: door.url, region: 'us-east-1', credentials: door.credentialsFor('mail'), maxAttempts: 1 },
  });
  const close = async () => {
    client.destroy();
    await door.close();
  };
  return { client, door, outbox, lines, published, close };
}
