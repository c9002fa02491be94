import * as z from 'zod';
import { readProperties, words } from '../api-gateway/read-properties';
import { createTable, TABLE_BASE } from './create-table';
import type { ResourceType } from './resource-type';

const SSE = z.strictObject({ KMSMasterKeyId: z.string() }).optional();

// What a replica may say about protection, backups, encryption and insights changes nothing here.
const REPLICA = z.strictObject({
  Region: z.string(),
  DeletionProtectionEnabled: words,
  PointInTimeRecoverySpecification: words,
  SSESpecification: SSE,
  ContributorInsightsSpecification: words,
  GlobalSecondaryIndexes: words,
  TableClass: words,
  Tags: words,
});
const PROPERTIES = z.strictObject({
  ...TABLE_BASE,
  Replicas: z.array(REPLICA).length(1),
  WarmThroughput: words,
});

export const dynamodbGlobalTable: ResourceType = {
  type: 'AWS::DynamoDB::GlobalTable',
  support:
    'supported: one replica, on demand, secondary indexes, streams. Recorded: encryption, backups, protection, TTL (nothing expires). Refused: more replicas, provisioned capacity',
  properties: Object.keys(PROPERTIES.shape),
  async create(resource, run) {
    const properties = readProperties(resource, PROPERTIES);
    const table = await createTable(resource, properties, run);
    run.iam.encryption.encrypt(
      table.attributes.Arn,
      properties.Replicas[0]?.SSESpecification?.KMSMasterKeyId,
    );
    return table;
  },
};
