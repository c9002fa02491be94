import { AttributeType, type GlobalSecondaryIndexPropsV2, type TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { INVITATION_INDEXES } from '../../events/invitations/invitation-indexes';
import { ENVIRONMENT_NAMES } from '../../lambdas/runtime/environment-names';
import { ProtectedTable } from '../protected-table';
import type { StageProps } from '../stage-props';

/** An index is called as its key. A row without the key is not in it. */
const indexOf = (name: string, sortedBy: string, type: AttributeType): GlobalSecondaryIndexPropsV2 => ({
  indexName: name,
  partitionKey: { name, type: AttributeType.STRING },
  sortKey: { name: sortedBy, type },
});

/** A row per invitation, known by an id that opens nothing. No key of it is personal data. */
export class InvitationTable extends Construct {
  readonly table: TableV2;
  private readonly rows: ProtectedTable;

  constructor(scope: Construct, id: string, { keys, removalPolicy }: StageProps) {
    super(scope, id);
    const { email, redeemedBy, due, listed } = INVITATION_INDEXES;
    this.rows = new ProtectedTable(this, 'Rows', {
      partitionKey: { name: 'id', type: AttributeType.STRING },
      globalSecondaryIndexes: [
        indexOf(email, 'createdAt', AttributeType.STRING),
        indexOf(redeemedBy, 'redeemedAt', AttributeType.STRING),
        indexOf(due, 'dueAt', AttributeType.NUMBER),
        indexOf(listed, 'createdAt', AttributeType.STRING),
      ],
      encryptionKey: keys.dataKey,
      removalPolicy,
    });
    this.table = this.rows.table;
  }

  /** Lets `worker` look at invitations and change them, one at a time, and tells it where they are. */
  grantChanging(worker: LambdaFunction): void {
    this.rows.grant(worker, 'dynamodb:GetItem', 'dynamodb:PutItem');
    worker.addEnvironment(ENVIRONMENT_NAMES.invitationTableName, this.table.tableName);
  }

  /** Lets `checker` count wrong tokens. */
  grantCounting(checker: LambdaFunction): void {
    this.rows.grant(checker, 'dynamodb:UpdateItem');
  }

  /** Lets `reader` find invitations by `index`. */
  grantFinding(reader: LambdaFunction, ...indexes: readonly (keyof typeof INVITATION_INDEXES)[]): void {
    for (const index of indexes) this.rows.grantQuery(reader, INVITATION_INDEXES[index]);
  }
}
