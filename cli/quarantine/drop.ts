import { countOf } from '../../terminal/count-of';
import { type Line, styled } from '../../terminal/line';
import { audited } from '../audit/audited';
import { defineCommand, type Report } from '../command';
import type { Deps } from '../deps';
import { countMatches, describeUnseen, type Matches, mayMatch } from '../dlq/count-matches';
import { describeHidden } from '../dlq/describe-hidden';
import { findQuarantine, type ParkedQueue } from '../dlq/parked-queue';
import { SELECTION_OPTIONS, type Selection, type SelectionFlags, selectionOf } from '../dlq/selection';
import { letGo } from '../dlq/work-off';
import { because, outcomeOf, type SelectedResult, workOffSelected } from '../dlq/work-off-selected';

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
  if (args.yes) return mayMatch(found) ? dropAll(queue, selection, found, deps) : nothing(selection, deps);
  deps.screen.print(...describePlan(selection, found, deps.screen.width));
  const { count: events, hidden, isExact } = found;
  return { json: { dryRun: true, events, hidden, isEverything: isExact && hidden === 0 } };
}

function nothing({ words }: Selection, { screen }: DropDeps): Report {
  screen.print(`${['There are no events', words].filter(Boolean).join(' ')}.`);
  const none = { dropped: 0, failed: 0, newer: 0, hidden: 0, stopped: false, isEverything: true };
  return { json: { dryRun: false, ...none } };
}

function describePlan(selection: Selection, found: Matches, width: number): Line[] {
  const events = [countOf(found.count, 'event', !found.isExact), selection.words].filter(Boolean).join(' ');
  const plan = [`Would delete ${events} for ever.`, ...describeUnseen(found, width)];
  if (!mayMatch(found)) return plan;
  return [...plan, [styled('bold', 'Nothing was changed.'), ' The same with --yes does it.']];
}

async function dropAll(
  queue: ParkedQueue,
  selection: Selection,
  found: Matches,
  deps: DropDeps,
): Promise<Report> {
  const subject = ['quarantine', selection.words].filter(Boolean).join(' ');
  const { result } = await audited(deps, { act: 'quarantine drop', subject }, async () => {
    const result = await workOffSelected(queue.url, found, { act: letGo, doing: 'deleting' }, deps);
    const { done: dropped, failed } = result;
    return { result, outcome: outcomeOf(result), counts: { dropped, failed } };
  });
  deps.screen.print(...describe(result, deps.screen.width));
  const { done: dropped, failed, newer, hidden, stopped, isEverything } = result;
  return {
    exitCode: failed + hidden > 0 || stopped ? 1 : 0,
    json: { dryRun: false, dropped, failed, newer, hidden, stopped, isEverything },
  };
}

function describe(result: SelectedResult, width: number): Line[] {
  const { done, failed, newer, hidden, stopped, reason } = result;
  return [
    `${done} deleted.`,
    ...(newer === 0 ? [] : [`${newer} came meanwhile and were left.`]),
    ...(failed === 0 ? [] : [`Still there: ${failed}. ${reason}.`]),
    ...describeHidden(hidden, width),
    ...(stopped ? [`Stopped${because(result)}. The others are visible again.`] : []),
  ];
}
