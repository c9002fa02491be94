import { countOf } from '../../terminal/count-of';
import { type Line, styled } from '../../terminal/line';
import { audited } from '../audit/audited';
import { defineCommand, type Report } from '../command';
import type { Deps } from '../deps';
import { countMatches, type Matches } from '../dlq/count-matches';
import { findQuarantine, type ParkedQueue } from '../dlq/parked-queue';
import { SELECTION_OPTIONS, type Selection, type SelectionFlags, selectionOf } from '../dlq/selection';
import { because, type PassResult, workOff } from '../dlq/work-off';

export const drop = defineCommand({
  usage: 'quarantine drop',
  summary: 'deletes events for ever',
  details: 'Says what it would do; with --yes it does it. There is no way back.',
  options: SELECTION_OPTIONS,
  examples: [
    ['quarantine drop --code signature-invalid', 'how many that would be'],
    ['quarantine drop --id 5f2c9a31 --yes', 'deletes one'],
  ],
  endsWithOne: 'some are left that were to be dropped',
  run: dropQuarantine,
});

export type DropDeps = Pick<Deps, 'outputs' | 'queues' | 'audit' | 'screen' | 'now' | 'stopping'>;
export type DropArgs = SelectionFlags & { readonly yes: boolean };

export async function dropQuarantine(args: DropArgs, deps: DropDeps): Promise<Report> {
  const selection = selectionOf(args);
  const queue = await findQuarantine(deps);
  const found = await countMatches(queue, selection, deps);
  if (args.yes && found.count > 0) return dropAll(queue, selection, found, deps);
  deps.screen.print(
    `Would delete ${[countOf(found.count, 'event', !found.isExact), selection.words].filter(Boolean).join(' ')} for ever.`,
  );
  if (found.count > 0)
    deps.screen.print([styled('bold', 'Nothing was changed.'), ' The same with --yes does it.']);
  return { json: { dryRun: !args.yes, events: found.count, isEverything: found.isExact } };
}

async function dropAll(
  queue: ParkedQueue,
  selection: Selection,
  found: Matches,
  deps: DropDeps,
): Promise<Report> {
  const subject = ['quarantine', selection.words].filter(Boolean).join(' ');
  const { result } = await audited(deps, { act: 'quarantine drop', subject }, async () => {
    const result = await pass(queue, selection, found, deps);
    const { done: dropped, failed, stopped } = result;
    const outcome = stopped ? 'stopped' : failed > 0 ? 'failed' : 'done';
    return { result, outcome, counts: { dropped, failed } } as const;
  });
  deps.screen.print(...describe(result));
  const { done: dropped, failed, newer, stopped } = result;
  return {
    exitCode: failed > 0 || stopped ? 1 : 0,
    json: { dryRun: false, dropped, failed, newer, stopped },
  };
}

async function pass(
  queue: ParkedQueue,
  selection: Selection,
  found: Matches,
  deps: DropDeps,
): Promise<PassResult> {
  const bar = deps.screen.progress(found.inQueue, 'deleting');
  return workOff({
    queues: await deps.queues(),
    url: queue.url,
    most: found.inQueue,
    startedAt: found.startedAt,
    matches: selection.matches,
    act: async (messages) => messages.map(() => undefined),
    stopping: deps.stopping(),
    onProgress: bar.update,
  }).finally(bar.stop);
}

function describe(result: PassResult): Line[] {
  const { done, failed, newer, stopped, reason } = result;
  return [
    `${done} deleted.`,
    ...(newer === 0 ? [] : [`${newer} came meanwhile and were left.`]),
    ...(failed === 0 ? [] : [`Still there: ${failed}. ${reason}.`]),
    ...(stopped ? [`Stopped${because(result)}. The others are visible again.`] : []),
  ];
}
