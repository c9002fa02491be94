import { SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import type { LocalRun } from './local-run';
import { peek } from './queues';

/** A queue of a team that wants to be told, subscribed to the notifications. Gives what is in it, parsed. */
export async function subscribeInbox(run: LocalRun) {
  const queueArn = 'arn:aws:sqs:us-east-1:000000000000:inbox';
  const topicArn = run.outputs.NotificationTopicArn;
  const Attributes = { Policy: letsSnsSend(queueArn, topicArn) };
  const create = new CreateQueueCommand({ QueueName: 'inbox', Attributes });
  const { QueueUrl = '' } = await run.aws.sqs.send(create);
  const subscription = { TopicArn: topicArn, Protocol: 'sqs', Endpoint: queueArn };
  await run.aws.sns.send(
    new SubscribeCommand({ ...subscription, Attributes: { RawMessageDelivery: 'true' } }),
  );
  return async () => (await peek(run.aws.sqs, QueueUrl)).map(({ body }) => JSON.parse(body));
}

/** Without it SNS may not deliver to the queue, and says so nowhere but in its metrics. */
function letsSnsSend(queueArn: string, topicArn: string | undefined): string {
  const statement = {
    Effect: 'Allow',
    Principal: { Service: 'sns.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: queueArn,
    Condition: { ArnEquals: { 'aws:SourceArn': topicArn } },
  };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}
