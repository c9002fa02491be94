import { usageError } from '../cli-error';
import type { Deps } from '../deps';
import { type Outputs, outputOf, sourceQueuesOf } from '../target/outputs';

/** Name of the topic's DLQ among the queues. */
export const EVENT_TOPIC = 'event-topic';
/** Name of the queue with the notes on changes that could not be projected. */
export const STATUS_PROJECTION = 'status-projection';
export const QUARANTINE = 'quarantine';
/** Name of the queue of mails, in a stack with invitations. */
export const INVITATION_MAIL = 'invitation-mail';

/** A queue where messages wait for an operator. */
export interface ParkedQueue {
  readonly name: string;
  /** Where its messages lie. */
  readonly url: string;
  /** Where they are redriven to; absent for the topic's, which go to the topic. */
  readonly sourceUrl?: string;
}

/** The DLQ of a system, of the topic, or of mails. */
export async function findParkedQueue(
  name: string,
  deps: Pick<Deps, 'outputs' | 'queues'>,
): Promise<ParkedQueue> {
  const outputs = await deps.outputs();
  if (name === EVENT_TOPIC) return { name, url: outputOf(outputs, 'EventTopicDeadLetterQueueUrl') };
  if (name === INVITATION_MAIL && hasMails(outputs)) return mailsOf(outputs);
  const source = sourceQueuesOf(outputs).find(({ system }) => system === name);
  if (source === undefined)
    throw usageError(`There is no DLQ of ${name}`, `There is ${namesOf(outputs).join(', ')}`);
  const { deadLetterUrl } = await (await deps.queues()).depth(source.url);
  if (deadLetterUrl === undefined) throw usageError(`The queue of ${name} has no DLQ`);
  return { name, url: deadLetterUrl, sourceUrl: source.url };
}

export async function findQuarantine(deps: Pick<Deps, 'outputs'>): Promise<ParkedQueue> {
  return { name: QUARANTINE, url: outputOf(await deps.outputs(), 'QuarantineQueueUrl') };
}

/** Names that a DLQ is known by. */
export function namesOf(outputs: Pick<Outputs, 'values'>): string[] {
  const systems = sourceQueuesOf(outputs).map(({ system }) => system);
  return [...systems, EVENT_TOPIC, ...(hasMails(outputs) ? [INVITATION_MAIL] : [])];
}

export const hasMails = ({ values }: Pick<Outputs, 'values'>): boolean =>
  values.InvitationMailQueueUrl !== undefined;

const mailsOf = (outputs: Outputs): ParkedQueue => ({
  name: INVITATION_MAIL,
  url: outputOf(outputs, 'InvitationMailDeadLetterQueueUrl'),
  sourceUrl: outputOf(outputs, 'InvitationMailQueueUrl'),
});
