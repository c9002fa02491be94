import {
  type BatchResultErrorEntry,
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  type MessageAttributeValue,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { type AwsContext, MAX_ATTEMPTS, withClock } from './client';
import { asking } from './explain-aws-error';
import type { QueueDepth, QueuedMessage, Queues } from './queues';

/** Long enough for SQS to ask all of its servers, so that an empty answer means an empty queue. */
const WAIT_SECONDS = 1;

export function createSqsQueues({ config, clock }: AwsContext): Queues {
  const client = withClock(new SQSClient({ ...config, maxAttempts: MAX_ATTEMPTS }), clock);
  return {
    async depth(url) {
      const command = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] });
      const { Attributes = {} } = await asking('sqs:GetQueueAttributes', client.send(command));
      return readDepth(url, Attributes);
    },
    async receive(url, hideSeconds, most = 10) {
      const command = new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: most,
        VisibilityTimeout: hideSeconds,
        WaitTimeSeconds: WAIT_SECONDS,
        MessageAttributeNames: ['All'],
        MessageSystemAttributeNames: ['SentTimestamp', 'ApproximateReceiveCount'],
      });
      const { Messages = [] } = await asking('sqs:ReceiveMessage', client.send(command));
      return Messages.map(readMessage);
    },
    async send(url, messages) {
      const Entries = messages.map(({ body, attributes }, index) => ({
        Id: String(index),
        MessageBody: body,
        MessageAttributes: writeAttributes(attributes),
      }));
      const command = new SendMessageBatchCommand({ QueueUrl: url, Entries });
      return failuresOf(messages, await asking('sqs:SendMessage', client.send(command)));
    },
    async remove(url, messages) {
      const Entries = messages.map(({ handle }, index) => ({ Id: String(index), ReceiptHandle: handle }));
      const command = new DeleteMessageBatchCommand({ QueueUrl: url, Entries });
      return failuresOf(messages, await asking('sqs:DeleteMessage', client.send(command)));
    },
    async release(url, messages) {
      const Entries = messages.map(({ handle }, index) => ({
        Id: String(index),
        ReceiptHandle: handle,
        VisibilityTimeout: 0,
      }));
      const command = new ChangeMessageVisibilityBatchCommand({ QueueUrl: url, Entries });
      return failuresOf(messages, await asking('sqs:ChangeMessageVisibility', client.send(command)));
    },
  };
}

function readDepth(url: string, attributes: Record<string, string>): QueueDepth {
  const deadLetters = deadLetterName(attributes.RedrivePolicy);
  return {
    visible: Number(attributes.ApproximateNumberOfMessages ?? 0),
    inFlight: Number(attributes.ApproximateNumberOfMessagesNotVisible ?? 0),
    delayed: Number(attributes.ApproximateNumberOfMessagesDelayed ?? 0),
    // A queue and its DLQ are in one account and region, so their addresses differ by the name.
    ...(deadLetters === undefined ? {} : { deadLetterUrl: url.replace(/[^/]+$/, () => deadLetters) }),
  };
}

function deadLetterName(redrivePolicy: string | undefined): string | undefined {
  if (redrivePolicy === undefined) return undefined;
  const { deadLetterTargetArn = '' } = JSON.parse(redrivePolicy) as { deadLetterTargetArn?: string };
  return deadLetterTargetArn.split(':').at(-1);
}

function readMessage({
  MessageId = '',
  ReceiptHandle = '',
  Body = '',
  Attributes = {},
  MessageAttributes = {},
}: Message): QueuedMessage {
  const texts = Object.entries(MessageAttributes).map(([name, { StringValue = '' }]) => [name, StringValue]);
  return {
    id: MessageId,
    handle: ReceiptHandle,
    body: Body,
    attributes: Object.fromEntries(texts),
    sentAt: Number(Attributes.SentTimestamp ?? 0),
    receives: Number(Attributes.ApproximateReceiveCount ?? 0),
  };
}

export function writeAttributes(
  texts: Readonly<Record<string, string>>,
): Record<string, MessageAttributeValue> {
  const entries = Object.entries(texts).map(([name, text]) => [
    name,
    { DataType: 'String', StringValue: text },
  ]);
  return Object.fromEntries(entries);
}

function failuresOf(
  messages: readonly unknown[],
  { Failed = [] }: { readonly Failed?: readonly BatchResultErrorEntry[] | undefined },
): (string | undefined)[] {
  const failures = new Map(Failed.map(({ Id, Code, Message: words }) => [Id, Code ?? words ?? 'failed']));
  return messages.map((_, index) => failures.get(String(index)));
}
