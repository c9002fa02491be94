import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ENVIRONMENT_NAMES } from '../../lambdas/runtime/environment-names';
import { ProtectedTable } from '../protected-table';
import type { StageProps } from '../stage-props';

/**
 * The sockets that are open, by person. A table of its own, as who pushes reads the stream of the other one and must
 * not write what it reads. Nothing in it outlives the five minutes of a page, so it goes with the stack.
 */
export class ConnectionTable extends Construct {
  private readonly connections: ProtectedTable;

  constructor(scope: Construct, id: string, { keys }: StageProps) {
    super(scope, id);
    this.connections = new ProtectedTable(this, 'Open', {
      partitionKey: { name: 'userRef', type: AttributeType.STRING },
      sortKey: { name: 'connectionId', type: AttributeType.STRING },
      timeToLiveAttribute: 'expiresAt',
      encryptionKey: keys.dataKey,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }

  /** Lets `listener` note who listens, and tells it where. */
  grantNoting(listener: LambdaFunction): void {
    this.grant(listener, 'dynamodb:PutItem');
  }

  /** Lets `pusher` find out who listens, and forget who is gone. */
  grantPushing(pusher: LambdaFunction): void {
    this.grant(pusher, 'dynamodb:Query', 'dynamodb:DeleteItem');
  }

  private grant(grantee: LambdaFunction, ...actions: string[]): void {
    this.connections.grant(grantee, ...actions);
    grantee.addEnvironment(ENVIRONMENT_NAMES.statusConnectionTableName, this.connections.table.tableName);
  }
}
