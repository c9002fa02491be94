import { describeDuration } from '../../terminal/duration';
import type { Deps } from '../deps';
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
  const words = `${current.id}, ${age < 86_400_000 ? 'made today' : `${describeDuration(age)} old`}`;
  if (enabled.length > 1)
    return warn(
      `${words}; ${enabled.length} keys are enabled`,
      `Once everybody uses the new one: ${deps.typed('rotate api-key --finish')}`,
    );
  return age > OLD_MS ? warn(words, `Make a new one: ${rotate}`) : ok(words);
}
