import { REGION } from '../../template/pseudo-parameters';
import type { MessageAttributes } from './message-attributes';
import type { Publication } from './publish-input';
import type { Subscription } from './subscription';

/** What an SQS queue gets. */
export interface QueueMessage {
  readonly MessageBody: string;
  readonly MessageAttributes: MessageAttributes;
}

const RAW_ATTRIBUTES = 10;

/** The message itself when raw, else SNS's envelope. Undefined when SNS would discard it. */
export function notificationFor(
  subscription: Subscription,
  publication: Publication,
  messageId: string,
  timestamp: string,
): QueueMessage | undefined {
  if (!subscription.raw)
    return { MessageBody: envelope(subscription, publication, messageId, timestamp), MessageAttributes: {} };
  if (Object.keys(publication.attributes).length > RAW_ATTRIBUTES) return undefined;
  return { MessageBody: publication.message, MessageAttributes: publication.attributes };
}

function envelope(
  subscription: Subscription,
  publication: Publication,
  MessageId: string,
  Timestamp: string,
): string {
  const { topicArn, message, subject, attributes } = publication;
  const shown = Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
    name,
    { Type: DataType, Value: StringValue ?? BinaryValue },
  ]);
  return JSON.stringify({
    Type: 'Notification',
    MessageId,
    TopicArn: topicArn,
    ...(subject === undefined ? {} : { Subject: subject }),
    Message: message,
    Timestamp,
    SignatureVersion: '1',
    Signature: 'not-signed-by-the-local-run',
    SigningCertURL: `https://sns.${REGION}.amazonaws.com/local.pem`,
    UnsubscribeURL: `https://sns.${REGION}.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=${subscription.arn}`,
    ...(shown.length === 0 ? {} : { MessageAttributes: Object.fromEntries(shown) }),
  });
}
