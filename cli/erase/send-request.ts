import { buildEvent } from '../../events/build-event';
import type { Deps } from '../deps';
import { readApiKeyValue } from '../keys/event-api-key';
import { readSigningSecret } from '../keys/signing-key';
import { deliverEvent, type Receipt } from '../send/deliver-event';
import { postRequest } from '../send/event-request';
import { outputOf } from '../target/outputs';
import type { Person } from './person';

export type SendDeps = Pick<
  Deps,
  'outputs' | 'secrets' | 'apiKeys' | 'fetch' | 'now' | 'clock' | 'pause' | 'stopping'
>;

export interface Asked {
  readonly id: string;
  /** @default every system */
  readonly system?: string;
}

/** Sends the request to erase somebody, as Punctual itself: nobody else may. */
export async function sendRequest({ userId, until }: Person, asked: Asked, deps: SendDeps): Promise<Receipt> {
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
