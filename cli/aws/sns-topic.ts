import { PublishCommand, paginateListSubscriptionsByTopic, SNSClient } from '@aws-sdk/client-sns';
import { type AwsContext, MAX_ATTEMPTS, withClock } from './client';
import { asking, explainAwsError } from './explain-aws-error';
import { writeAttributes } from './sqs-queues';
import type { Subscription, Topic } from './topic';

export function createSnsTopic({ config, clock }: AwsContext): Topic {
  const client = withClock(new SNSClient({ ...config, maxAttempts: MAX_ATTEMPTS }), clock);
  const publishOne = (TopicArn: string, Message: string, attributes: Readonly<Record<string, string>>) =>
    client
      .send(new PublishCommand({ TopicArn, Message, MessageAttributes: writeAttributes(attributes) }))
      .then(
        () => undefined,
        (error) => explainAwsError(error, 'sns:Publish').message,
      );
  return {
    subscriptionsOf: (arn) => asking('sns:ListSubscriptionsByTopic', subscriptionsOf(client, arn)),
    publish: (arn, messages) =>
      Promise.all(messages.map(({ body, attributes }) => publishOne(arn, body, attributes))),
  };
}

async function subscriptionsOf(client: SNSClient, TopicArn: string): Promise<Subscription[]> {
  const found: Subscription[] = [];
  for await (const { Subscriptions = [] } of paginateListSubscriptionsByTopic({ client }, { TopicArn })) {
    found.push(
      ...Subscriptions.map(({ Protocol = '', SubscriptionArn = '' }) => ({
        protocol: Protocol,
        isConfirmed: SubscriptionArn.startsWith('arn:'),
      })),
    );
  }
  return found;
}
