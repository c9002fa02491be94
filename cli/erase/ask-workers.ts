import { randomUUID } from 'node:crypto';
import { buildEvent } from '../../events/build-event';
import type { Deps } from '../deps';
import { readApiKeyValue } from '../keys/event-api-key';
import { readSigningSecret } from '../keys/signing-key';
import { deliverEvent, type Receipt } from '../send/deliver-event';
import { postRequest } from '../send/event-request';
import { outputOf } from '../target/outputs';
import type { Person } from './person';

/** A system that was told to forget somebody, and that nobody can ask. */
export interface ToldSystem {
  readonly system: string;
  /** ISO 8601. */
  readonly at: string;
  readonly requestId: string;
}

export type AskDeps = Pick<
  Deps,
  'outputs' | 'secrets' | 'apiKeys' | 'fetch' | 'now' | 'clock' | 'pause' | 'stopping'
>;

/** Sends the request to every system, as Punctual itself: nobody else may. */
export async function askWorkers(person: Person, id: string, deps: AskDeps): Promise<void> {
  await send(person, { id }, deps);
}

/**
 * Tells each system whose queue its own people work off. Nobody can look what it did; so it is told by an event of its
 * own whenever a certificate is made, which then says when.
 */
export async function tellConsumers(person: Person, deps: AskDeps): Promise<ToldSystem[]> {
  const told: ToldSystem[] = [];
  for (const system of person.consumers) {
    const { requestId } = await send(person, { id: `erase_${randomUUID()}`, system }, deps);
    told.push({ system, at: new Date(deps.now()).toISOString(), requestId });
  }
  return told;
}

interface Asked {
  readonly id: string;
  /** @default every system */
  readonly system?: string;
}

async function send({ userId, until }: Person, asked: Asked, deps: AskDeps): Promise<Receipt> {
  const url = outputOf(await deps.outputs(), 'EventApiUrl');
  const [apiKey, signingSecret] = await Promise.all([
    readApiKeyValue(deps),
    readSigningSecret(deps, 'punctual'),
  ]);
  const event = buildEvent({
    ...{ ...asked, source: 'urn:punctual:cli', type: 'user.erase-requested', at: deps.now() },
    user: { user_id: userId, created_at: until },
  });
  return deliverEvent(() => postRequest(event, { url, apiKey, signingSecret }, deps.now()), deps);
}
