import { Aws } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';

/** What an alarm is about, as far as the console has a page for it. */
export interface AlarmSubjects {
  readonly queue?: IQueue;
  readonly topic?: ITopic;
  /** Comes with its logs. */
  readonly function?: LambdaFunction;
  /** @default - the logs of `function` */
  readonly logGroup?: ILogGroup;
}

/** One line per page: its name and its address. */
export function consoleLinks({ queue, topic, function: worker, logGroup }: AlarmSubjects): string[] {
  const logs = logGroup ?? worker?.logGroup;
  return [
    queue && `Queue: ${queuePage(queue)}`,
    topic && `Topic: ${page('sns/v3', `/topic/${topic.topicArn}`)}`,
    worker && `Function: ${page('lambda', `/functions/${worker.functionName}?tab=monitoring`)}`,
    logs && `Logs: ${page('cloudwatch', `logsV2:log-groups/log-group/${logs.logGroupName}`)}`,
  ].filter((line) => line !== undefined);
}

// The console wants the queue's address escaped, and CloudFormation cannot escape one.
function queuePage({ queueName }: IQueue): string {
  const address = ['https:', '', `sqs.${Aws.REGION}.${Aws.URL_SUFFIX}`, Aws.ACCOUNT_ID, queueName].join('/');
  const escaped = address.replaceAll('/', '%2F').replace('https:', 'https%3A');
  return page('sqs/v3', `/queues/${escaped}`);
}

// The address without a region leads on to the region's own, and leaves more of the 1,024 characters.
function page(service: string, path: string): string {
  return `https://console.aws.amazon.com/${service}/home?region=${Aws.REGION}#${path}`;
}
