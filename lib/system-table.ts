import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ENVIRONMENT_NAMES } from '../lambdas/runtime/environment-names';
import { ProtectedTable } from './protected-table';
import type { StageProps } from './stage-props';

/** What the workers of a system share beside its links: how many accounts went lately, how its breaker stands. */
export class SystemTable extends Construct {
  readonly table: ProtectedTable['table'];
  private readonly items: ProtectedTable;

  constructor(scope: Construct, id: string, { keys, removalPolicy }: StageProps) {
    super(scope, id);
    this.items = new ProtectedTable(this, 'Items', {
      partitionKey: { name: 'system', type: AttributeType.STRING },
      sortKey: { name: 'item', type: AttributeType.STRING },
      // Clears away what is over. Nothing waits for it.
      timeToLiveAttribute: 'expiresAt',
      encryptionKey: keys.dataKey,
      removalPolicy,
    });
    this.table = this.items.table;
  }

  /** Lets `worker` look what others wrote and write itself, and tells it where. */
  grantSharing(worker: LambdaFunction): void {
    this.items.grant(worker, 'dynamodb:GetItem', 'dynamodb:UpdateItem');
    worker.addEnvironment(ENVIRONMENT_NAMES.systemTableName, this.items.table.tableName);
  }
}
