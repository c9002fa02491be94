import type { ActionIssuer } from '../../auth0-actions/actions';
import { newestKey, type SigningKey } from '../../events/key-ring';
import type { Deps } from '../deps';
import { describeAge } from '../keys/describe-age';
import { readKeyRing } from '../keys/signing-key';
import { signingKeys } from '../rotate/key-ring-rotation';
import { describeEnd, OLD_MS } from './api-key';
import { type Finding, fail, ok, warn } from './check';

export async function lookAtSigningSecret(
  deps: Pick<Deps, 'outputs' | 'secrets' | 'now' | 'typed'>,
  issuer: ActionIssuer = 'actions',
): Promise<Finding> {
  const { keys } = await readKeyRing(deps, issuer);
  const now = deps.now();
  const newest = newestKey(keys, now);
  const command = issuer === 'actions' ? 'rotate signing-secret' : `rotate signing-secret --issuer ${issuer}`;
  const rotate = deps.typed(command);
  if (newest === undefined)
    return fail('no key is valid now: every event ends in quarantine', `Make one: ${rotate}`);
  const words = describe(newest, keys.length, now);
  const pending = signingKeys(keys, now).length;
  if (pending > 1) return warn(`${words}; ${pending} may sign`, describeEnd(command, deps));
  const isOld = newest.createdAt !== undefined && now - newest.createdAt > OLD_MS;
  return isOld ? warn(words, `Make a new one: ${rotate}`) : ok(words);
}

// The first key, which the stack generates, does not say when.
function describe({ createdAt }: SigningKey, count: number, now: number): string {
  const keys = count === 1 ? 'one key' : `${count} keys`;
  if (createdAt === undefined) return `${keys}, never rotated`;
  return `${keys}, the newest ${describeAge(createdAt, now)}`;
}
