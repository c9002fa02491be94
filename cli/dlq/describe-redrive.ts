import { countOf } from '../../terminal/count-of';
import { type Line, styled } from '../../terminal/line';
import { wrap } from '../../terminal/wrap';
import type { Deps } from '../deps';
import { quoted } from '../quoted';
import { describeUnseen, type Matches, mayMatch } from './count-matches';
import { describeHidden } from './describe-hidden';
import type { ParkedQueue } from './parked-queue';
import type { Selection, SelectionFlags } from './selection';
import { because, type SelectedResult } from './work-off-selected';

/** What a redrive would do, and how to do it. */
export function describePlan(
  queue: ParkedQueue,
  selection: Selection,
  found: Matches,
  args: SelectionFlags,
  { screen, typed }: Pick<Deps, 'screen' | 'typed'>,
): Line[] {
  const messages = countOf(found.count, 'message', !found.isExact);
  const words = `Would send ${messages} ${what(queue, selection)} to ${target(queue)}.`;
  const plan = [...wrap(words, screen.width), ...describeUnseen(found, screen.width)];
  const flag = args.all
    ? '--all'
    : args.code !== undefined
      ? `--code ${quoted(args.code)}`
      : `--id ${quoted(args.id ?? '')}`;
  if (!mayMatch(found)) return plan;
  return [
    ...plan,
    [
      styled('bold', 'Nothing was changed.'),
      ` To do it: ${typed(`dlq redrive ${queue.name} ${flag} --yes`)}`,
    ],
  ];
}

/** The messages that are meant: `of crm with code crashed`. */
export const what = ({ name }: ParkedQueue, { words }: Selection) =>
  `of ${name}${words === '' ? '' : ` ${words}`}`;
const target = ({ sourceUrl }: ParkedQueue) =>
  sourceUrl === undefined ? 'the event topic' : 'its source queue';

/** What a redrive did, and what is left. */
export function describeRedrive(queue: ParkedQueue, result: SelectedResult, width: number): Line[] {
  const { done, failed, newer, hidden, stopped, reason } = result;
  return [
    [styled(failed + hidden > 0 || stopped ? 'yellow' : 'green', `${done} sent to ${target(queue)}.`)],
    ...(newer === 0
      ? []
      : [`${newer} came while this went on, or came back, and were left: look at them with dlq show.`]),
    ...(failed === 0 ? [] : [`Still there: ${failed}. ${reason}.`]),
    ...describeHidden(hidden, width),
    ...(stopped ? [`Stopped${because(result)}. What was not sent is visible again.`] : []),
  ];
}
