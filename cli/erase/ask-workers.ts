import { buildEvent } from '../../events/build-event';
import type { Deps } from '../deps';
import { readApiKeyValue } from '../keys/event-api-key';
import { readSigningSecret } from '../keys/signing-key';
import { deliverEvent } from '../send/deliver-event';
import { postRequest } from '../send/event-request';
import { outputOf } from '../target/outputs';
import type { Person } from './person';

export type AskDeps = Pick<
  Deps,
  'outputs' | 'secrets' | 'apiKeys' | 'fetch' | 'now' | 'clock' | 'pause' | 'stopping'
>;

/** Sends the request to every system, as Punctual itself: nobody else may. */
export async function askWorkers({ userId, until }: Person, id: string, deps: AskDeps): Promise<void> {
  const url = outputOf(await deps.outputs(), 'EventApiUrl');
  const [apiKey, signingSecret] = await Promise.all([
    readApiKeyValue(deps),
    readSigningSecret(deps, 'punctual'),
  ]);
  const event = buildEvent({
    ...{ id, source: 'urn:punctual:cli', type: 'user.erase-requested', at: deps.now() },
    user: { user_id: userId, created_at: until },
  });
  await deliverEvent(() => postRequest(event, { url, apiKey, signingSecret }, deps.now()), deps);
}
