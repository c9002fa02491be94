import * as z from 'zod';
import { readProperties, words } from '../api-gateway/read-properties';
import { createTable, TABLE_BASE } from './create-table';
import type { ResourceType } from './resource-type';

const PROPERTIES = z.strictObject({
  ...TABLE_BASE,
  SSESpecification: z.looseObject({ KMSMasterKeyId: z.string().optional() }).optional(),
  DeletionProtectionEnabled: words,
  PointInTimeRecoverySpecification: words,
  ContributorInsightsSpecification: words,
  TableClass: words,
  Tags: words,
});

export const dynamodbTable: ResourceType = {
  type: 'AWS::DynamoDB::Table',
  support: 'as AWS::DynamoDB::GlobalTable',
  properties: Object.keys(PROPERTIES.shape),
  async create(resource, run) {
    const properties = readProperties(resource, PROPERTIES);
    const table = await createTable(resource, properties, run);
    run.iam.encryption.encrypt(table.attributes.Arn, properties.SSESpecification?.KMSMasterKeyId);
    return table;
  },
};
