import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../clock';
import type { NotificationMetric } from '../../cloudwatch/service-metrics';
import { AwsError } from '../aws-error';
import type { FrontDoor } from '../front-door';
import { queueUrl } from '../sqs/sqs-service';
import type { QueueMessage } from './notification';
import type { Subscription } from './subscription';

const SNS = 'sns.amazonaws.com';

/**
 * AWS tries 3 times at once, twice after a second, then for 23 days every 1 to 20 seconds. The local run gives up
 * after these waits (virtual seconds), so that one can see what comes then.
 */
const WAITS = [0, 0, 1, 1, 1, 2, 4, 8, 16, 20, 20, 20];

export interface Delivery {
  readonly door: Pick<FrontDoor, 'call' | 'url'>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Is told, without the message itself, what no queue has taken. */
  readonly onLost: (words: string) => void;
  readonly count: (metric: NotificationMetric) => void;
}

/** Brings a message to the subscription's queue, else to its DLQ, else it is gone. */
export async function deliver(
  delivery: Delivery,
  { topicArn, endpoint, deadLetterArn }: Subscription,
  message: QueueMessage,
): Promise<void> {
  const { count, signal } = delivery;
  const send = (queueArn: string) => sendPatiently(delivery, topicArn, queueArn, message);
  if (await send(endpoint)) return count('NumberOfNotificationsDelivered');
  // A run that ends loses everything that is under way, its queues included.
  if (signal.aborted) return;
  count('NumberOfNotificationsFailed');
  if (deadLetterArn !== undefined && (await send(deadLetterArn)))
    return count('NumberOfNotificationsRedrivenToDlq');
  if (signal.aborted) return;
  if (deadLetterArn !== undefined) count('NumberOfNotificationsFailedToRedriveToDlq');
  const refused = deadLetterArn === undefined ? 'there is no DLQ' : `neither did ${deadLetterArn}`;
  delivery.onLost(`A message is lost: ${endpoint} did not take it and ${refused}.`);
}

/** SNS repeats after errors of the server only; an error that is the client's is final. */
async function sendPatiently(
  delivery: Delivery,
  topicArn: string,
  queueArn: string,
  message: QueueMessage,
): Promise<boolean> {
  for (const seconds of [...WAITS, undefined]) {
    const outcome = await send(delivery, topicArn, queueArn, message);
    if (outcome !== 'again') return outcome === 'sent';
    if (seconds === undefined || delivery.signal.aborted) return false;
    await sleep(delivery.clock.realDelayMs(seconds * 1000), undefined, { signal: delivery.signal }).catch(
      () => undefined,
    );
  }
  return false;
}

async function send(
  { door }: Delivery,
  sourceArn: string,
  queueArn: string,
  message: QueueMessage,
): Promise<'sent' | 'again' | 'never'> {
  const QueueUrl = queueUrl(door.url, queueArn.split(':').at(-1) ?? '');
  try {
    await door.call({
      service: 'sqs',
      operation: 'SendMessage',
      caller: SNS,
      sourceArn,
      input: { QueueUrl, ...message },
    });
    return 'sent';
  } catch (error) {
    if (error instanceof AwsError && error.status < 500) return 'never';
    return 'again';
  }
}
