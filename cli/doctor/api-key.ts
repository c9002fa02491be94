import type { Deps } from '../deps';
import { describeAge } from '../keys/describe-age';
import { readApiKeys } from '../keys/event-api-key';
import { type Finding, fail, ok, warn } from './check';

/** A key that has been with people and machines for a year has been in many places. */
export const OLD_MS = 365 * 24 * 60 * 60_000;

export async function lookAtApiKey(
  deps: Pick<Deps, 'outputs' | 'apiKeys' | 'now' | 'typed'>,
): Promise<Finding> {
  const enabled = (await readApiKeys(deps)).filter((key) => key.enabled);
  const [current] = enabled;
  const rotate = deps.typed('rotate api-key');
  if (current === undefined)
    return fail('no key of the usage plan is enabled: every event is refused', `Make one: ${rotate}`);
  const age = deps.now() - current.createdAt;
  const words = `${current.id}, ${describeAge(current.createdAt, deps.now())}`;
  if (enabled.length > 1)
    return warn(`${words}; ${enabled.length} keys are enabled`, describeEnd('rotate api-key', deps));
  return age > OLD_MS ? warn(words, `Make a new one: ${rotate}`) : ok(words);
}

/** How a rotation ends: an Action that has the old key still would be refused from then on. */
export function describeEnd(rotation: string, { typed }: Pick<Deps, 'typed'>): string {
  const commands = [typed('actions deploy'), typed(`${rotation} --finish`)];
  return `Give the new one to the Actions, then to all others who send, then end the old one: ${commands.join(' ')}`;
}
