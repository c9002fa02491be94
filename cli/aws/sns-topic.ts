import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { type AwsContext, MAX_ATTEMPTS, withClock } from './client';
import { explainAwsError } from './explain-aws-error';
import { writeAttributes } from './sqs-queues';
import type { Topic } from './topic';

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
    publish: (arn, messages) =>
      Promise.all(messages.map(({ body, attributes }) => publishOne(arn, body, attributes))),
  };
}
