import { AttributeType, StreamViewType, type TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ENVIRONMENT_NAMES } from '../lambdas/runtime/environment-names';
import { ProtectedTable } from './protected-table';
import type { StageProps } from './stage-props';

/** Link: a row per user and system. */
export class UserLinkTable extends Construct {
  readonly table: TableV2;
  private readonly links: ProtectedTable;

  constructor(scope: Construct, id: string, { keys, removalPolicy }: StageProps) {
    super(scope, id);
    this.links = new ProtectedTable(this, 'Links', {
      partitionKey: { name: 'userRef', type: AttributeType.STRING },
      sortKey: { name: 'system', type: AttributeType.STRING },
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      encryptionKey: keys.dataKey,
      removalPolicy,
    });
    this.table = this.links.table;
  }

  /** Lets `worker` claim and close links, one row at a time, and tells it where they are. */
  grantLinking(worker: LambdaFunction): void {
    this.links.grant(worker, 'dynamodb:GetItem', 'dynamodb:PutItem');
    worker.addEnvironment(ENVIRONMENT_NAMES.userLinkTableName, this.table.tableName);
  }
}
