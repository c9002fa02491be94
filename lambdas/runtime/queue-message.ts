import { ChangeMessageVisibilityCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import { MESSAGE_ATTRIBUTES, type Parked } from '../../events/message-attributes';
import { textAttributes } from './text-attributes';

export type Sqs = Pick<SQSClient, 'send'>;

export const deliveriesOf = (record: SQSRecord): number => Number(record.attributes.ApproximateReceiveCount);
/** Epoch ms at which the message came into its queue. */
export const queuedAtOf = (record: SQSRecord): number => Number(record.attributes.SentTimestamp);

export function textsOf(record: SQSRecord): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, { stringValue }] of Object.entries(record.messageAttributes)) {
    if (stringValue !== undefined) texts[name] = stringValue;
  }
  return texts;
}

/** @param settled per record whether it may be deleted */
export function batchResponse(records: readonly SQSRecord[], settled: readonly boolean[]): SQSBatchResponse {
  const comesBack = records.filter((_, index) => settled[index] === false);
  return { batchItemFailures: comesBack.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}

/** Has a message that is not deleted come back after so long. */
export async function postpone(
  sqs: Sqs,
  queueUrl: string,
  record: SQSRecord,
  afterMs: number,
): Promise<void> {
  await sqs.send(
    new ChangeMessageVisibilityCommand({
      QueueUrl: queueUrl,
      ReceiptHandle: record.receiptHandle,
      VisibilityTimeout: Math.ceil(afterMs / 1000),
    }),
  );
}

/** Sends a message on to a queue of operators. Before it is deleted: a crash in between leaves it twice, never nowhere. */
export async function park(
  sqs: Sqs,
  queueUrl: string,
  record: SQSRecord,
  why: Pick<Parked, 'code' | 'words'> & { readonly now: number },
): Promise<void> {
  const parked: Parked = {
    ...{ code: why.code, words: why.words },
    time: new Date(why.now).toISOString(),
    attempts: deliveriesOf(record),
  };
  const attributes = { ...textsOf(record), [MESSAGE_ATTRIBUTES.parked]: JSON.stringify(parked) };
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: queueUrl,
      MessageBody: record.body,
      MessageAttributes: textAttributes(attributes),
    }),
  );
}
