import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { LocalRun } from '../local-run';
import { arn, CLOUDFORMATION } from './arn';
import type { CreatedResource, ResolvedResource } from './resource-type';

const KEY_SCHEMA = z.array(z.strictObject({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));

export const TABLE_BASE = {
  TableName: z.string().optional(),
  AttributeDefinitions: z.array(
    z.strictObject({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }),
  ),
  KeySchema: KEY_SCHEMA,
  BillingMode: z.literal('PAY_PER_REQUEST'),
  GlobalSecondaryIndexes: z
    .array(
      z.strictObject({
        IndexName: z.string(),
        KeySchema: KEY_SCHEMA,
        Projection: z.strictObject({
          ProjectionType: z.string(),
          NonKeyAttributes: z.array(z.string()).optional(),
        }),
      }),
    )
    .optional(),
  StreamSpecification: z
    .looseObject({ StreamViewType: z.enum(['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES']) })
    .optional(),
  SSESpecification: z.unknown().optional(),
  TimeToLiveSpecification: z.unknown().optional(),
};

const TABLE = z.object(TABLE_BASE);

/** Makes the table and keeps its stream for mappings that ask for it. */
export async function createTable(
  resource: ResolvedResource,
  properties: z.output<typeof TABLE>,
  run: LocalRun,
): Promise<CreatedResource & { attributes: { Arn: string } }> {
  const {
    TableName = resource.physicalName,
    AttributeDefinitions,
    KeySchema,
    BillingMode,
    GlobalSecondaryIndexes,
    StreamSpecification,
  } = properties;
  const input = {
    TableName,
    AttributeDefinitions,
    KeySchema,
    BillingMode,
    ...(GlobalSecondaryIndexes && { GlobalSecondaryIndexes }),
  };
  await run.frontDoor.call({ service: 'dynamodb', operation: 'CreateTable', caller: CLOUDFORMATION, input });
  await untilActive(TableName, run);
  const tableArn = arn('dynamodb', `table/${TableName}`);
  const stream = StreamSpecification && {
    arn: `${tableArn}/stream/local`,
    viewType: StreamSpecification.StreamViewType,
  };
  const keyNames = [...KeySchema]
    .sort((left) => (left.KeyType === 'HASH' ? -1 : 1))
    .map(({ AttributeName }) => AttributeName);
  const { logicalId, stackPath } = resource;
  run.tables.add({
    name: TableName,
    arn: tableArn,
    logicalId,
    stackPath,
    keyNames,
    ...(stream && { stream }),
  });
  return { ref: TableName, attributes: { Arn: tableArn, ...(stream && { StreamArn: stream.arn }) } };
}

/** Dynalite makes a table usable on a later turn of the event loop. */
async function untilActive(TableName: string, run: LocalRun): Promise<void> {
  for (;;) {
    const { Table } = await run.frontDoor.call<{ Table: { TableStatus: string } }>({
      service: 'dynamodb',
      operation: 'DescribeTable',
      caller: CLOUDFORMATION,
      input: { TableName },
    });
    if (Table.TableStatus === 'ACTIVE') return;
    await sleep(1);
  }
}
