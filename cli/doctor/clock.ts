import { SIGNATURE_TOLERANCE_MS } from '../../events/key-ring';
import type { Deps } from '../deps';
import { type Finding, fail, ok, warn } from './check';

/** Already a clock that nobody keeps right. */
const ODD_MS = 60_000;

export async function lookAtClock(deps: Pick<Deps, 'clock' | 'describeStack' | 'outputs'>): Promise<Finding> {
  await deps.describeStack();
  const ahead = deps.clock.aheadMs() ?? 0;
  const seconds = Math.round(Math.abs(ahead) / 1000);
  const words = `${seconds} s ${ahead < 0 ? 'behind' : 'ahead of'} AWS`;
  if (Math.abs(ahead) < ODD_MS) return ok(seconds < 2 ? 'agrees with AWS' : words);
  if ((await deps.outputs()).local !== undefined) return ok(`${words}: the local run has a time of its own`);
  const todo = 'Let the clock of this machine be set by the network (NTP)';
  // The command line signs by the time that AWS tells, others on this machine do not.
  return Math.abs(ahead) < SIGNATURE_TOLERANCE_MS
    ? warn(words, todo)
    : fail(`${words}: signatures of this machine are refused`, todo);
}
