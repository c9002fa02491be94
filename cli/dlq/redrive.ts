import { MESSAGE_ATTRIBUTES } from '../../events/message-attributes';
import { audited } from '../audit/audited';
import type { MessageToSend, QueuedMessage } from '../aws/queues';
import { usageError } from '../cli-error';
import { defineCommand, type Report } from '../command';
import type { Deps } from '../deps';
import { outputOf } from '../target/outputs';
import { countMatches, type Matches, mayMatch } from './count-matches';
import { describePlan, describeRedrive, what } from './describe-redrive';
import { findParkedQueue, type ParkedQueue, QUARANTINE } from './parked-queue';
import { SELECTION_OPTIONS, type Selection, type SelectionFlags, selectionOf } from './selection';
import { sendInBatches } from './send-in-batches';
import type { Act } from './work-off';
import { outcomeOf, workOffSelected } from './work-off-selected';

export const redrive = defineCommand({
  usage: 'dlq redrive <queue>',
  summary: 'sends them back to where they came from',
  details:
    'Says what it would do; with --yes it does it. Each message is sent first and deleted after, as it is, without the note of its parking. Those of event-topic are published to the topic again. Ctrl-C ends it after the messages in hand.',
  options: {
    queue: {
      type: 'string',
      demandOption: true,
      description: 'a system, event-topic or invitation-mail: as dlq list names it',
    },
    ...SELECTION_OPTIONS,
  },
  examples: [
    ['dlq redrive crm --all', 'how many that would be'],
    ['dlq redrive crm --all --yes', 'does it'],
    ['dlq redrive crm --code retries-exhausted --yes', 'those alone'],
  ],
  endsWithOne: 'messages are left: refused, stopped, come back meanwhile, or in the hands of somebody else',
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
  const { count: messages, hidden, isExact } = found;
  if (args.yes)
    return mayMatch(found) ? redriveAll(queue, selection, found, deps) : nothing(queue, selection, deps);
  deps.screen.print(...describePlan(queue, selection, found, args, deps));
  return {
    json: { dryRun: true, queue: queue.name, messages, hidden, isEverything: isExact && hidden === 0 },
  };
}

function nothing(queue: ParkedQueue, selection: Selection, { screen }: RedriveDeps): Report {
  screen.print(`There are no messages ${what(queue, selection)}.`);
  const none = { moved: 0, failed: 0, newer: 0, hidden: 0, stopped: false, isEverything: true };
  return { json: { dryRun: false, queue: queue.name, ...none } };
}

async function redriveAll(
  queue: ParkedQueue,
  selection: Selection,
  found: Matches,
  deps: RedriveDeps,
): Promise<Report> {
  const act = await sender(queue, deps);
  const subject = [queue.name, selection.words].filter(Boolean).join(' ');
  const { result } = await audited(deps, { act: 'dlq redrive', subject }, async () => {
    const result = await workOffSelected(queue.url, found, { act, doing: 'redriving' }, deps);
    const { done: moved, failed, newer } = result;
    return { result, outcome: outcomeOf(result), counts: { moved, failed, newer } };
  });
  deps.screen.print(...describeRedrive(queue, result, deps.screen.width));
  const { done: moved, failed, newer, hidden, stopped, isEverything } = result;
  return {
    exitCode: isEverything ? 0 : 1,
    json: { dryRun: false, queue: queue.name, moved, failed, newer, hidden, stopped, isEverything },
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
