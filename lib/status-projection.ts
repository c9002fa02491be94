import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import {
  FilterCriteria,
  FilterRule,
  type Function as LambdaFunction,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ENVIRONMENT_NAMES } from '../lambdas/runtime/environment-names';
import { RunbookAlarm, UNTIL_QUIET } from './monitoring/runbook-alarm';
import { type FunctionEnvironment, NodeFunction } from './node-function';
import { ParkingQueue } from './parking-queue';
import type { StageProps } from './stage-props';
import type { StatusApi } from './status-api/status-api';
import type { UserLinkTable } from './user-link-table';

export interface StatusProjectionProps extends StageProps {
  readonly userLinks: UserLinkTable;
  readonly environment: FunctionEnvironment;
  /** Where the pages are that hear of changes. */
  readonly statusApi: StatusApi;
  /** Stands for `punctual:status` in what is bundled. */
  readonly modules: Readonly<Record<string, string>>;
}

/** Only links have a state; the table may hold items of other kinds. */
const A_LINK = { state: { S: FilterRule.exists() } };

/** Project: the table's stream, read once, becomes measurements, notifications and news on open pages. */
export class StatusProjection extends Construct {
  readonly notificationTopic: Topic;
  readonly projector: LambdaFunction;
  private readonly failures: ParkingQueue;

  constructor(scope: Construct, id: string, props: StatusProjectionProps) {
    super(scope, id);
    this.failures = this.createFailureQueue(props);
    const projector = this.createProjector(props);
    this.projector = projector;
    projector.addEventSource(this.createSource(props));
    this.addAlarm(projector, props);
    props.statusApi.grantPushing(projector);
    // The table's own grant knows nothing of our key.
    props.keys.dataKey.grantDecrypt(projector);
    this.notificationTopic = new Topic(this, 'NotificationTopic', {
      masterKey: props.keys.topicKey,
      enforceSSL: true,
    });
    this.notificationTopic.applyRemovalPolicy(props.removalPolicy);
    this.notificationTopic.grantPublish(projector);
    projector.addEnvironment(ENVIRONMENT_NAMES.notificationTopicArn, this.notificationTopic.topicArn);
  }

  /** Notes on changes that could not be projected. */
  get failureQueue(): Queue {
    return this.failures.queue;
  }

  private createProjector(props: StatusProjectionProps): LambdaFunction {
    return new NodeFunction(this, 'Projector', {
      ...props,
      stem: 'statusProjection',
      entry: 'status/status-projection',
      description: 'Projects every change of a user link to status, measurements and notifications',
      timeout: Duration.seconds(30),
    }).function;
  }

  // A record that cannot be projected must not hold up the rows behind it for the day that the stream lasts.
  private createSource(props: StatusProjectionProps): DynamoEventSource {
    return new DynamoEventSource(props.userLinks.table as ITable, {
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      retryAttempts: 10,
      maxRecordAge: Duration.hours(6),
      onFailure: {
        bind: (_mapping, projector) => {
          this.failures.grantPark(projector);
          return { destination: this.failures.queue.queueArn };
        },
      },
      filters: [
        FilterCriteria.filter({ dynamodb: { NewImage: A_LINK } }),
        FilterCriteria.filter({
          eventName: FilterRule.isEqual('REMOVE'),
          dynamodb: { OldImage: A_LINK },
        }),
      ],
    });
  }

  // Ten retries of a record that cannot be projected take some minutes; only then do the rows behind it go on.
  private addAlarm(projector: LambdaFunction, props: StatusProjectionProps): void {
    new RunbookAlarm(this, 'Behind', {
      ...props,
      kind: 'statusProjectionBehind',
      metric: projector.metric('IteratorAge', { statistic: 'Maximum', period: Duration.minutes(5) }),
      threshold: Duration.minutes(5).toMilliseconds(),
      evaluation: UNTIL_QUIET,
      words: 'The status projection is 5 minutes or more behind the changes of links.',
      subjects: { function: projector },
    });
  }

  private createFailureQueue(props: StatusProjectionProps): ParkingQueue {
    return new ParkingQueue(this, 'Failures', {
      ...props,
      kind: 'statusProjectionFailures',
      words: 'Changes of user links were given up after ten attempts: nobody is notified of them.',
    });
  }
}
