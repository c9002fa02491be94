import { createHash, randomUUID } from 'node:crypto';
import type { Item } from '../../aws/dynamodb/item';
import type { RowChange, StreamViewType } from '../../aws/dynamodb/tables';
import { REGION } from '../../template/pseudo-parameters';

/** A record as Lambda hands it to a function. */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: RowChange['eventName'];
  readonly eventVersion: '1.1';
  readonly eventSource: 'aws:dynamodb';
  readonly awsRegion: string;
  readonly dynamodb: {
    /** Seconds. */
    readonly ApproximateCreationDateTime: number;
    readonly Keys: Item;
    readonly NewImage?: Item;
    readonly OldImage?: Item;
    readonly SequenceNumber: string;
    readonly SizeBytes: number;
    readonly StreamViewType: StreamViewType;
  };
  readonly eventSourceARN: string;
}

/** Makes the records of one stream, with sequence numbers that grow. */
export function createRecordMaker(
  streamArn: string,
  viewType: StreamViewType,
  now: () => number,
): (change: RowChange) => StreamRecord {
  let sequence = 100_000_000_000_000_000_000n;
  return ({ eventName, keys, newImage, oldImage }) => {
    sequence += 1n;
    const shown = {
      ...(newImage && ['NEW_IMAGE', 'NEW_AND_OLD_IMAGES'].includes(viewType) ? { NewImage: newImage } : {}),
      ...(oldImage && ['OLD_IMAGE', 'NEW_AND_OLD_IMAGES'].includes(viewType) ? { OldImage: oldImage } : {}),
    };
    return {
      eventID: randomUUID().replaceAll('-', ''),
      eventName,
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: REGION,
      dynamodb: {
        ApproximateCreationDateTime: Math.floor(now() / 1000),
        Keys: keys,
        ...shown,
        SequenceNumber: String(sequence),
        SizeBytes: JSON.stringify({ keys, ...shown }).length,
        StreamViewType: viewType,
      },
      eventSourceARN: streamArn,
    };
  };
}

/** Changes of rows with the same partition key are in the same shard, in order. */
export function shardOf(change: RowChange, shards: number): number {
  const partitionKey = Object.values(change.keys)[0];
  return createHash('md5').update(JSON.stringify(partitionKey)).digest().readUInt32BE() % shards;
}
