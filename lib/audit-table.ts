import { AttributeType, type TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ENVIRONMENT_NAMES } from '../lambdas/runtime/environment-names';
import { ProtectedTable } from './protected-table';
import type { StageProps } from './stage-props';

/** What those did who look after users: a row per act, in order within a month. */
export class AuditTable extends Construct {
  readonly table: TableV2;
  private readonly acts: ProtectedTable;

  constructor(scope: Construct, id: string, { keys, removalPolicy }: StageProps) {
    super(scope, id);
    this.acts = new ProtectedTable(this, 'Acts', {
      partitionKey: { name: 'month', type: AttributeType.STRING },
      sortKey: { name: 'id', type: AttributeType.STRING },
      encryptionKey: keys.dataKey,
      removalPolicy,
    });
    this.table = this.acts.table;
  }

  /** Lets `server` note what it was asked to do by an administrator, and tells it where. It sees no row of anybody. */
  grantNoting(server: LambdaFunction): void {
    this.acts.grant(server, 'dynamodb:PutItem', 'dynamodb:UpdateItem');
    server.addEnvironment(ENVIRONMENT_NAMES.auditTableName, this.table.tableName);
  }
}
