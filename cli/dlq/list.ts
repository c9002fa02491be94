import { type Column, renderTable } from '../../terminal/table';
import type { Queues } from '../aws/queues';
import { defineCommand, type Report } from '../command';
import type { Deps } from '../deps';
import { type Outputs, outputOf, type SystemQueue, sourceQueuesOf } from '../target/outputs';
import { EVENT_TOPIC, hasMails, INVITATION_MAIL, STATUS_PROJECTION } from './parked-queue';

export const list = defineCommand({
  usage: 'dlq list',
  summary: 'how many messages wait, how many were given up',
  details: 'SQS counts approximately; a minute later it is right.',
  options: {},
  examples: [['dlq list', 'all queues']],
  run: listDlqs,
});

export interface QueueRow {
  readonly queue: string;
  /** Absent for queues that nobody works off. */
  readonly waiting?: number;
  readonly inFlight?: number;
  readonly parked: number;
}

export async function listDlqs(
  _: object,
  deps: Pick<Deps, 'outputs' | 'queues' | 'screen' | 'typed'>,
): Promise<Report> {
  const outputs = await deps.outputs();
  const rows = await readQueues(outputs, await deps.queues());
  deps.screen.print(...renderTable(COLUMNS, rows, deps.screen.width));
  const [first] = rows.filter(({ parked, queue }) => parked > 0 && queue !== STATUS_PROJECTION);
  if (first !== undefined) deps.screen.print('', `What they are: ${deps.typed(`dlq show ${first.queue}`)}`);
  return { json: rows };
}

/** How many messages wait and are parked, by system and beside them. */
export function readQueues(outputs: Outputs, queues: Queues): Promise<QueueRow[]> {
  return Promise.all([
    ...sourcesOf(outputs).map((source) => readSource(source, queues)),
    readParking(EVENT_TOPIC, outputOf(outputs, 'EventTopicDeadLetterQueueUrl'), queues),
    readParking(STATUS_PROJECTION, outputOf(outputs, 'ProjectionFailureQueueUrl'), queues),
  ]);
}

/** The queues that somebody works off. */
const sourcesOf = (outputs: Outputs): Pick<SystemQueue, 'system' | 'url'>[] => [
  ...sourceQueuesOf(outputs),
  ...(hasMails(outputs)
    ? [{ system: INVITATION_MAIL, url: outputOf(outputs, 'InvitationMailQueueUrl') }]
    : []),
];

async function readSource(
  { system, url }: Pick<SystemQueue, 'system' | 'url'>,
  queues: Queues,
): Promise<QueueRow> {
  const { visible, delayed, inFlight, deadLetterUrl } = await queues.depth(url);
  const parked = deadLetterUrl === undefined ? 0 : await countIn(deadLetterUrl, queues);
  return { queue: system, waiting: visible + delayed, inFlight, parked };
}

async function readParking(queue: string, url: string, queues: Queues): Promise<QueueRow> {
  return { queue, parked: await countIn(url, queues) };
}

// What somebody looks at this moment is parked all the same.
async function countIn(url: string, queues: Queues): Promise<number> {
  const { visible, inFlight, delayed } = await queues.depth(url);
  return visible + inFlight + delayed;
}

const COLUMNS: readonly Column<QueueRow>[] = [
  { title: 'queue', text: ({ queue }) => queue },
  { title: 'waiting', text: ({ waiting }) => `${waiting ?? ''}`, align: 'right' },
  { title: 'in flight', text: ({ inFlight }) => `${inFlight ?? ''}`, align: 'right' },
  {
    title: 'parked',
    text: ({ parked }) => `${parked}`,
    align: 'right',
    style: ({ parked }) => (parked > 0 ? 'red' : undefined),
  },
];
