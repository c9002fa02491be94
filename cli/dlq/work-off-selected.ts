import type { AuditOutcome } from '../../events/audit-row';
import type { Queues } from '../aws/queues';
import type { Deps } from '../deps';
import type { Matches } from './count-matches';
import { type Act, type PassResult, workOff } from './work-off';

export interface SelectedResult extends PassResult {
  /** Counted by SQS, and not seen: somebody else has them in hand, or the count is late. */
  readonly hidden: number;
  /** Nothing is left that was selected. */
  readonly isEverything: boolean;
}

/** Acts on what was found, with a bar, and then tells what is left. */
export async function workOffSelected(
  url: string,
  found: Matches,
  { act, doing }: { readonly act: Act; readonly doing: string },
  deps: Pick<Deps, 'queues' | 'screen' | 'stopping'>,
): Promise<SelectedResult> {
  const queues = await deps.queues();
  const bar = deps.screen.progress(found.inQueue, doing);
  const { inQueue, startedAt, matches } = found;
  // SQS counts late, so there may be more than it says; but not without end.
  const pass = { queues, url, most: 2 * inQueue + 100, startedAt, matches, act };
  const surroundings = { stopping: deps.stopping(), onProgress: bar.update };
  const result = await workOff({ ...pass, ...surroundings }).finally(bar.stop);
  const hidden = result.stopped ? 0 : await countHidden(queues, url, inQueue, result);
  const isEverything = !result.stopped && hidden + result.failed + result.newer === 0;
  return { ...result, hidden, isEverything };
}

/** One count alone says nothing, as either may be late: the earlier one what was just done, the later one what was. */
async function countHidden(
  queues: Queues,
  url: string,
  inQueue: number,
  result: PassResult,
): Promise<number> {
  const { done, failed, newer, others } = result;
  const unseen = inQueue - (done + failed + newer + others);
  if (unseen <= 0) return 0;
  const after = await queues.depth(url).catch(() => undefined);
  const left = after === undefined ? unseen : after.visible + after.inFlight + after.delayed;
  return Math.max(0, Math.min(unseen, left - (failed + newer + others)));
}

/** How the audit row of a pass ends. */
export function outcomeOf({ stopped, failed }: PassResult): AuditOutcome {
  if (stopped) return 'stopped';
  return failed > 0 ? 'failed' : 'done';
}

/** Why a pass was stopped, where it was not Ctrl-C. */
export function because({ halt }: PassResult): string {
  return halt === undefined ? '' : `: ${halt}`;
}
