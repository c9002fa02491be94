import type { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, StreamViewType, type TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ENVIRONMENT_NAMES } from '../lambdas/runtime/environment-names';
import { ProtectedTable } from './protected-table';

export interface UserLinkTableProps {
  readonly dataKey: IKey;
  readonly removalPolicy: RemovalPolicy;
}

/** Link: a row per user and system. */
export class UserLinkTable extends Construct {
  readonly table: TableV2;
  private readonly links: ProtectedTable;

  constructor(scope: Construct, id: string, { dataKey, removalPolicy }: UserLinkTableProps) {
    super(scope, id);
    this.links = new ProtectedTable(this, 'Links', {
      partitionKey: { name: 'userRef', type: AttributeType.STRING },
      sortKey: { name: 'system', type: AttributeType.STRING },
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      encryptionKey: dataKey,
      removalPolicy,
    });
    this.table = this.links.table;
  }

  /** Lets `connector` claim and close links, one row at a time, and tells it where they are. */
  grantLinking(connector: LambdaFunction): void {
    this.links.grant(connector, 'dynamodb:GetItem', 'dynamodb:PutItem');
    connector.addEnvironment(ENVIRONMENT_NAMES.userLinkTableName, this.table.tableName);
  }
}
