import { AttributeType, type TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { ProtectedTable } from './protected-table';
import type { StageProps } from './stage-props';

/** What operators did: a row per act, in order within a month. Only people write here, so no role is granted it. */
export class AuditTable extends Construct {
  readonly table: TableV2;

  constructor(scope: Construct, id: string, { keys, removalPolicy }: StageProps) {
    super(scope, id);
    const acts = new ProtectedTable(this, 'Acts', {
      partitionKey: { name: 'month', type: AttributeType.STRING },
      sortKey: { name: 'id', type: AttributeType.STRING },
      encryptionKey: keys.dataKey,
      removalPolicy,
    });
    this.table = acts.table;
  }
}
