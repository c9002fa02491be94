import { RemovalPolicy } from 'aws-cdk-lib';
import { Billing, type CfnGlobalTable, type TablePropsV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

export interface ProtectedTableProps
  extends Pick<
    TablePropsV2,
    'partitionKey' | 'sortKey' | 'dynamoStream' | 'globalSecondaryIndexes' | 'timeToLiveAttribute'
  > {
  readonly encryptionKey: IKey;
  /** `RETAIN` also protects the table against deletion by hand. */
  readonly removalPolicy: RemovalPolicy;
}

/** A table on demand under our key, that can be restored to any second of the last 35 days. */
export class ProtectedTable extends Construct {
  readonly table: TableV2;
  private readonly encryptionKey: IKey;

  constructor(scope: Construct, id: string, { encryptionKey, ...props }: ProtectedTableProps) {
    super(scope, id);
    this.encryptionKey = encryptionKey;
    this.table = new TableV2(this, 'Table', {
      ...props,
      billing: Billing.onDemand(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: props.removalPolicy === RemovalPolicy.RETAIN,
    });
    this.encrypt();
  }

  /** Lets `grantee` do `actions` on the rows, which takes the key as well. CDK's own grant would add all indexes. */
  grant(grantee: IGrantable, ...actions: string[]): void {
    this.grantOn(this.table.tableArn, grantee, actions);
  }

  /** Lets `grantee` query one index, and not the table. */
  grantQuery(grantee: IGrantable, indexName: string): void {
    this.grantOn(`${this.table.tableArn}/index/${indexName}`, grantee, ['dynamodb:Query']);
  }

  private grantOn(resourceArn: string, grantee: IGrantable, actions: string[]): void {
    Grant.addToPrincipal({ grantee, actions, resourceArns: [resourceArn] });
    this.encryptionKey.grantDecrypt(grantee);
  }

  // CDK renders a key of ours only in a stack that knows its region, and ours is synthesized without one.
  private encrypt(): void {
    const resource = this.table.node.defaultChild as CfnGlobalTable;
    resource.addPropertyOverride('SSESpecification', { SSEEnabled: true, SSEType: 'KMS' });
    resource.addPropertyOverride('Replicas.0.SSESpecification', {
      KMSMasterKeyId: this.encryptionKey.keyArn,
    });
  }
}
