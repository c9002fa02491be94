import { Duration, type RemovalPolicy } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { Key } from 'aws-cdk-lib/aws-kms';
import {
  FilterCriteria,
  FilterRule,
  type Function as LambdaFunction,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ENVIRONMENT_NAMES } from '../lambdas/runtime/environment-names';
import type { EncryptionKeys } from './encryption-keys';
import { type FunctionEnvironment, NodeFunction } from './node-function';
import { ParkingQueue } from './parking-queue';
import type { UserLinkTable } from './user-link-table';

export interface StatusProjectionProps {
  readonly userLinks: UserLinkTable;
  readonly keys: EncryptionKeys;
  readonly alarmTopic: ITopic;
  readonly environment: FunctionEnvironment;
  readonly removalPolicy: RemovalPolicy;
}

/** A row that is a link has a state; leases of other things and tombstones of uniqueness have none. */
const A_LINK = { state: { S: FilterRule.exists() } };

/** Project: the table's stream, read once, becomes measurements and notifications. */
export class StatusProjection extends Construct {
  readonly notificationTopic: Topic;

  constructor(scope: Construct, id: string, props: StatusProjectionProps) {
    super(scope, id);
    this.notificationTopic = this.createTopic(props.keys.topicKey, props.removalPolicy);
    const projector = this.createFunction(props);
    projector.addEventSource(this.streamOf(props));
    // The table's own grant knows nothing of our key.
    props.keys.dataKey.grantDecrypt(projector);
    this.notificationTopic.grantPublish(projector);
    projector.addEnvironment(ENVIRONMENT_NAMES.notificationTopicArn, this.notificationTopic.topicArn);
  }

  private createTopic(masterKey: Key, removalPolicy: RemovalPolicy): Topic {
    const topic = new Topic(this, 'NotificationTopic', { masterKey, enforceSSL: true });
    topic.applyRemovalPolicy(removalPolicy);
    return topic;
  }

  private createFunction({ environment, removalPolicy }: StatusProjectionProps): LambdaFunction {
    return new NodeFunction(this, 'Function', {
      entry: 'status/status-projection',
      description: 'Projects every change of a user link to status, measurements and notifications',
      timeout: Duration.seconds(30),
      environment,
      removalPolicy,
    });
  }

  // A record that cannot be projected must not hold up the rows behind it for the day that the stream lasts.
  private streamOf(props: StatusProjectionProps): DynamoEventSource {
    return new DynamoEventSource(props.userLinks.table as ITable, {
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      retryAttempts: 10,
      maxRecordAge: Duration.hours(6),
      onFailure: new SqsDlq(this.createFailureQueue(props)),
      filters: [
        FilterCriteria.filter({ dynamodb: { NewImage: A_LINK } }),
        FilterCriteria.filter({
          eventName: FilterRule.isEqual('REMOVE'),
          dynamodb: { OldImage: A_LINK },
        }),
      ],
    });
  }

  private createFailureQueue({ keys, removalPolicy, alarmTopic }: StatusProjectionProps): Queue {
    return new ParkingQueue(this, 'Failures', {
      encryptionKey: keys.queueKey,
      removalPolicy,
      alarmTopic,
      runbook: 'statusProjectionFailures',
      words: 'Changes of user links could not be projected; the stream forgets them after 24 hours.',
    }).queue;
  }
}
