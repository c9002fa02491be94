import { randomUUID } from 'node:crypto';
import { buildEvent, toBody } from '../../events/build-event';
import { sign } from '../../events/signature';
import type { LocalRun } from '../local-run';
import { withLocalAddresses } from '../outputs';
import { readSecret } from '../read-secret';
import type { HandedAccount, Told } from './handover-store';

/** How a system says which account it made: through the same API as everybody else, with a key of its own. */
export function createSignOff(
  run: LocalRun,
  secretArn: string,
): (told: Told, account: HandedAccount) => Promise<void> {
  return async ({ data }, { accountId }) => {
    const now = run.clock.now();
    const id = `lnk_${randomUUID()}`;
    const { system, user } = data;
    const source = `urn:example:${system}`;
    const body = toBody(buildEvent({ id, source, type: 'account.linked', at: now, user, system, accountId }));
    const secret = await readSecret(run, secretArn);
    const headers = await sign(secret, { id, timestampSeconds: Math.floor(now / 1000), body });
    const key = run.api.keys.valueOf(run.outputs.EventApiKeyId ?? '') ?? '';
    await fetch(`${withLocalAddresses(run).EventApiUrl}events`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': key, ...headers },
      body,
    });
  };
}
