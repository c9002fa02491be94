import {
  AttributeType,
  type GlobalSecondaryIndexPropsV2,
  StreamViewType,
  type TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { DUE_INDEX } from '../events/due-links';
import { UNSETTLED_INDEX } from '../events/unsettled-links';
import { ENVIRONMENT_NAMES } from '../lambdas/runtime/environment-names';
import { ProtectedTable } from './protected-table';
import type { StageProps } from './stage-props';

const UNSETTLED: GlobalSecondaryIndexPropsV2 = {
  indexName: UNSETTLED_INDEX,
  partitionKey: { name: 'unsettled', type: AttributeType.STRING },
  sortKey: { name: 'updatedAt', type: AttributeType.STRING },
};

const DUE: GlobalSecondaryIndexPropsV2 = {
  indexName: DUE_INDEX,
  partitionKey: { name: 'due', type: AttributeType.STRING },
  sortKey: { name: 'remindAt', type: AttributeType.NUMBER },
};

/** Link: a row per user and system, and indexes of those that wait, need somebody, or are due some time. */
export class UserLinkTable extends Construct {
  readonly table: TableV2;
  private readonly links: ProtectedTable;

  constructor(scope: Construct, id: string, { keys, removalPolicy }: StageProps) {
    super(scope, id);
    this.links = new ProtectedTable(this, 'Links', {
      partitionKey: { name: 'userRef', type: AttributeType.STRING },
      sortKey: { name: 'system', type: AttributeType.STRING },
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      globalSecondaryIndexes: [UNSETTLED, DUE],
      encryptionKey: keys.dataKey,
      removalPolicy,
    });
    this.table = this.links.table;
  }

  /** Lets `worker` claim and close links, one row at a time, and tells it where they are. */
  grantLinking(worker: LambdaFunction): void {
    this.grant(worker, 'dynamodb:GetItem', 'dynamodb:PutItem');
  }

  /** Lets `reader` see the links of a user, list those that wait or need somebody, and tells it where they are. */
  grantReading(reader: LambdaFunction): void {
    this.grant(reader, 'dynamodb:GetItem', 'dynamodb:Query');
    this.links.grantQuery(reader, UNSETTLED_INDEX);
  }

  /** Lets `eraser`, which reads them already, mark the links of a user who is to be erased. */
  grantMarking(eraser: LambdaFunction): void {
    this.grant(eraser, 'dynamodb:PutItem');
  }

  /** Lets `shower` look at the links of one person, and tells it where they are. */
  grantShowing(shower: LambdaFunction): void {
    this.grant(shower, 'dynamodb:Query');
  }

  /** Lets `sweeper` find the links whose time has come, and note that it reminded of them. */
  grantSweeping(sweeper: LambdaFunction): void {
    this.links.grantQuery(sweeper, DUE_INDEX);
    this.grant(sweeper, 'dynamodb:UpdateItem');
  }

  /** Lets `counter` look at the links that wait or need somebody, and tells it where they are. */
  grantCounting(counter: LambdaFunction): void {
    this.links.grantQuery(counter, UNSETTLED_INDEX);
    this.tell(counter);
  }

  private grant(grantee: LambdaFunction, ...actions: string[]): void {
    this.links.grant(grantee, ...actions);
    this.tell(grantee);
  }

  private tell(grantee: LambdaFunction): void {
    grantee.addEnvironment(ENVIRONMENT_NAMES.userLinkTableName, this.table.tableName);
  }
}
