import type { Invocation } from '../invocation';
import type { GiveUpReason } from './process-batch';
import type { StreamRecord } from './stream-record';

export interface FailureNotice {
  readonly records: readonly StreamRecord[];
  readonly reason: GiveUpReason;
  readonly invocation: Invocation | undefined;
  readonly attempts: number;
  readonly functionArn: string;
  readonly streamArn: string;
  readonly shardId: string;
  /** Virtual milliseconds. */
  readonly now: number;
}

/** What Lambda sends to a queue about records it gave up on: where they were, never what was in them. */
export function failureNotice({
  records,
  reason,
  invocation,
  attempts,
  functionArn,
  streamArn,
  shardId,
  now,
}: FailureNotice): string {
  const [first, last] = [records[0]?.dynamodb, records.at(-1)?.dynamodb];
  const arrival = (seconds = 0) => new Date(seconds * 1000).toISOString();
  return JSON.stringify({
    requestContext: {
      requestId: invocation?.requestId,
      functionArn: `${functionArn}:$LATEST`,
      condition: reason,
      approximateInvokeCount: attempts,
    },
    responseContext: {
      statusCode: 200,
      executedVersion: '$LATEST',
      functionError: invocation && !invocation.ok ? 'Unhandled' : null,
    },
    version: '1.0',
    timestamp: new Date(now).toISOString(),
    DDBStreamBatchInfo: {
      shardId,
      startSequenceNumber: first?.SequenceNumber,
      endSequenceNumber: last?.SequenceNumber,
      approximateArrivalOfFirstRecord: arrival(first?.ApproximateCreationDateTime),
      approximateArrivalOfLastRecord: arrival(last?.ApproximateCreationDateTime),
      batchSize: records.length,
      streamArn,
    },
  });
}
