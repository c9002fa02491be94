import { MESSAGE_ATTRIBUTES } from '../../events/message-attributes';
import { countOf } from '../../terminal/count-of';
import { type Line, styled } from '../../terminal/line';
import { wrap } from '../../terminal/wrap';
import { audited } from '../audit/audited';
import type { MessageToSend, QueuedMessage } from '../aws/queues';
import { usageError } from '../cli-error';
import { defineCommand, type Report } from '../command';
import type { Deps } from '../deps';
import { quoted } from '../quoted';
import { outputOf } from '../target/outputs';
import { countMatches, type Matches } from './count-matches';
import { findParkedQueue, type ParkedQueue, QUARANTINE } from './parked-queue';
import { SELECTION_OPTIONS, type Selection, type SelectionFlags, selectionOf } from './selection';
import { sendInBatches } from './send-in-batches';
import { type Act, because, type PassResult, workOff } from './work-off';

export const redrive = defineCommand({
  usage: 'dlq redrive <queue>',
  summary: 'sends them back to where they came from',
  details:
    'Says what it would do; with --yes it does it. Each message is sent first and deleted after, as it is, without the note of its parking. Those of event-topic are published to the topic again. Ctrl-C ends it after the messages in hand.',
  options: {
    queue: {
      type: 'string',
      demandOption: true,
      description: 'a system, or event-topic: as dlq list names it',
    },
    ...SELECTION_OPTIONS,
  },
  examples: [
    ['dlq redrive crm --all', 'how many that would be'],
    ['dlq redrive crm --all --yes', 'does it'],
    ['dlq redrive crm --code retries-exhausted --yes', 'those alone'],
  ],
  endsWithOne: 'messages are left: refused, stopped, or come back meanwhile',
  run: redriveDlq,
});

export interface RedriveArgs extends SelectionFlags {
  readonly queue: string;
  readonly yes: boolean;
}

export type RedriveDeps = Pick<
  Deps,
  'outputs' | 'queues' | 'topic' | 'audit' | 'screen' | 'now' | 'stopping' | 'typed'
>;

export async function redriveDlq(args: RedriveArgs, deps: RedriveDeps): Promise<Report> {
  if (args.queue === QUARANTINE) {
    throw usageError(
      'Nothing goes from quarantine back into a queue',
      'Its sender has to send again; npx punctual quarantine drop deletes it',
    );
  }
  const selection = selectionOf(args);
  const queue = await findParkedQueue(args.queue, deps);
  const found = await countMatches(queue, selection, deps);
  if (args.yes)
    return found.count === 0 ? nothing(queue, selection, deps) : redriveAll(queue, selection, found, deps);
  deps.screen.print(...describePlan(queue, selection, found, args, deps));
  return { json: { dryRun: true, queue: queue.name, messages: found.count, isEverything: found.isExact } };
}

function describePlan(
  queue: ParkedQueue,
  selection: Selection,
  { count, isExact }: Matches,
  args: RedriveArgs,
  { screen, typed }: RedriveDeps,
): Line[] {
  const messages = countOf(count, 'message', !isExact);
  const plan = wrap(`Would send ${messages} ${what(queue, selection)} to ${target(queue)}.`, screen.width);
  const flag = args.all
    ? '--all'
    : args.code !== undefined
      ? `--code ${quoted(args.code)}`
      : `--id ${quoted(args.id ?? '')}`;
  if (count === 0) return plan;
  return [
    ...plan,
    [
      styled('bold', 'Nothing was changed.'),
      ` To do it: ${typed(`dlq redrive ${queue.name} ${flag} --yes`)}`,
    ],
  ];
}

const what = ({ name }: ParkedQueue, { words }: Selection) => `of ${name}${words === '' ? '' : ` ${words}`}`;
const target = ({ sourceUrl }: ParkedQueue) =>
  sourceUrl === undefined ? 'the event topic' : 'its source queue';

function nothing(queue: ParkedQueue, selection: Selection, { screen }: RedriveDeps): Report {
  screen.print(`There are no messages ${what(queue, selection)}.`);
  return { json: { dryRun: false, queue: queue.name, moved: 0, failed: 0, newer: 0, stopped: false } };
}

async function redriveAll(
  queue: ParkedQueue,
  selection: Selection,
  { inQueue, startedAt }: Matches,
  deps: RedriveDeps,
): Promise<Report> {
  const act = await sender(queue, deps);
  const subject = [queue.name, selection.words].filter(Boolean).join(' ');
  const { result } = await audited(deps, { act: 'dlq redrive', subject }, async () => {
    const bar = deps.screen.progress(inQueue, 'redriving');
    const pass = { url: queue.url, most: inQueue, startedAt, matches: selection.matches, act };
    const surroundings = { queues: await deps.queues(), stopping: deps.stopping(), onProgress: bar.update };
    const result = await workOff({ ...pass, ...surroundings }).finally(bar.stop);
    const { done: moved, failed, newer, stopped } = result;
    const outcome = stopped ? 'stopped' : failed > 0 ? 'failed' : 'done';
    return { result, outcome, counts: { moved, failed, newer } } as const;
  });
  deps.screen.print(...describeResult(queue, result));
  const { done: moved, failed, newer, stopped } = result;
  const isLeft = failed + newer > 0 || stopped;
  return {
    exitCode: isLeft ? 1 : 0,
    json: { dryRun: false, queue: queue.name, moved, failed, newer, stopped },
  };
}

async function sender({ sourceUrl }: ParkedQueue, deps: RedriveDeps): Promise<Act> {
  if (sourceUrl !== undefined) {
    const queues = await deps.queues();
    return (messages) => sendInBatches(messages.map(unparked), (batch) => queues.send(sourceUrl, batch));
  }
  const [topic, arn] = [await deps.topic(), outputOf(await deps.outputs(), 'EventTopicArn')];
  return (messages) => topic.publish(arn, messages.map(unparked));
}

// A byte of the body that changed would break its signature, and so would a missing attribute.
function unparked({ body, attributes }: QueuedMessage): MessageToSend {
  const { [MESSAGE_ATTRIBUTES.parked]: _parked, ...kept } = attributes;
  return { body, attributes: kept };
}

function describeResult(queue: ParkedQueue, result: PassResult): Line[] {
  const { done, failed, newer, stopped, reason } = result;
  return [
    [styled(failed > 0 || stopped ? 'yellow' : 'green', `${done} sent to ${target(queue)}.`)],
    ...(newer === 0
      ? []
      : [`${newer} came while this went on, or came back, and were left: look at them with dlq show.`]),
    ...(failed === 0 ? [] : [`Still there: ${failed}. ${reason}.`]),
    ...(stopped ? [`Stopped${because(result)}. What was not sent is visible again.`] : []),
  ];
}
