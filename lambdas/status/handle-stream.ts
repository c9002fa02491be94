import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { errorName, type Log } from '../runtime/logger';
import type { UserLink } from '../user-links/user-link';
import type { LinkChange } from './link-change';
import type { PushChanges } from './push/push-changes';

/**
 * A Lambda handler that projects a batch of the table's stream, in order. It stops at the first record that
 * fails and reports it, so that Lambda delivers from there again and nothing overtakes it. What was projected is
 * pushed to the pages that are open; nothing of that can fail the batch.
 */
export function createStreamHandler(
  project: (change: LinkChange) => Promise<void>,
  push: PushChanges,
  log: Log,
): (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse> {
  return async ({ Records }) => {
    const projected: LinkChange[] = [];
    for (const record of Records) {
      try {
        const change = toLinkChange(record);
        await project(change);
        projected.push(change);
      } catch (error) {
        log('error', 'change not projected', { error: errorName(error) });
        await push(projected);
        return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' }] };
      }
    }
    await push(projected);
    return { batchItemFailures: [] };
  };
}

function toLinkChange({ eventID, dynamodb }: DynamoDBRecord): LinkChange {
  const before = linkOf(dynamodb?.OldImage);
  const after = linkOf(dynamodb?.NewImage);
  return { id: eventID ?? '', ...(before && { before }), ...(after && { after }) };
}

function linkOf(image: NonNullable<DynamoDBRecord['dynamodb']>['NewImage']): UserLink | undefined {
  return image === undefined ? undefined : (unmarshall(image as Record<string, AttributeValue>) as UserLink);
}
