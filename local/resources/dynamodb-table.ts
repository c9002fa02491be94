import * as z from 'zod';
import { readProperties, words } from '../api-gateway/read-properties';
import { createTable, TABLE_BASE } from './create-table';
import type { ResourceType } from './resource-type';

const PROPERTIES = z.strictObject({
  ...TABLE_BASE,
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
  create: (resource, run) => createTable(resource, readProperties(resource, PROPERTIES), run),
};
