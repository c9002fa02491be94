import { ListQueuesCommand, type Message, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** A message of a queue as an operator would see it. */
export interface QueuedMessage {
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** What a worker wrote when it parked the message. */
  readonly parked?: { readonly code: string; readonly words: string; readonly attempts: number };
}

/** URL of the one queue whose name holds all of `words`. */
export const queueUrl = (sqs: SQSClient, ...words: string[]): Promise<string> =>
  theQueue(sqs, (name) => words.every((word) => name.includes(word.toLowerCase())));

/** URL of a system's source queue. */
export const sourceQueueUrl = (sqs: SQSClient, system: string): Promise<string> =>
  theQueue(sqs, (name) => name.startsWith(`${system}-`));

async function theQueue(sqs: SQSClient, isIt: (name: string) => boolean): Promise<string> {
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
  const found = QueueUrls.filter((url) => isIt((url.split('/').at(-1) ?? '').toLowerCase()));
  if (found.length !== 1) throw new Error(`Not one queue but ${found.length} of ${QueueUrls.join(', ')}`);
  return found[0] as string;
}

/** Everything visible in a queue right now, left where it is. */
export async function peek(sqs: SQSClient, url: string): Promise<QueuedMessage[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: url,
      MaxNumberOfMessages: 10,
      VisibilityTimeout: 0,
      MessageAttributeNames: ['All'],
    }),
  );
  return Messages.map(readMessage);
}

export function readMessage({ Body = '', MessageAttributes = {} }: Message): QueuedMessage {
  const attributes = Object.fromEntries(
    Object.entries(MessageAttributes).map(([name, { StringValue = '' }]) => [name, StringValue]),
  );
  const { parked } = attributes;
  return { body: Body, attributes, ...(parked === undefined ? {} : { parked: JSON.parse(parked) }) };
}
