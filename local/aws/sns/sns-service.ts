import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock';
import type { NotificationMetric, ServiceMetrics } from '../../cloudwatch/service-metrics';
import type { Outbox } from '../../mail/outbox';
import type { RunLog } from '../../run-log';
import { AwsError, unsupportedOperation } from '../aws-error';
import type { Fauxqs } from '../fauxqs';
import type { FrontDoor } from '../front-door';
import type { AwsService, ServiceOutput } from '../service';
import { deliver } from './deliver';
import { notificationFor } from './notification';
import { type Publication, readPublication } from './publish-input';
import { entriesOf, SubscriptionRegistry, valueIn } from './subscription-registry';

type Parameters = Record<string, string>;

/** Handed to the emulator as they are. */
const PASSED_ON = [
  'ListTopics',
  'GetTopicAttributes',
  'SetTopicAttributes',
  'ListSubscriptions',
  'ListSubscriptionsByTopic',
  'GetSubscriptionAttributes',
  'ConfirmSubscription',
  'TagResource',
  'UntagResource',
  'ListTagsForResource',
];

export interface SnsDeps {
  readonly fauxqs: Pick<Fauxqs, 'sns'>;
  readonly clock: Clock;
  readonly door: Pick<FrontDoor, 'call' | 'url'>;
  readonly log: Pick<RunLog, 'write'>;
  readonly outbox: Pick<Outbox, 'notify'>;
  readonly measured: Pick<ServiceMetrics, 'notified'>;
}

/** Topics and subscriptions live in the emulator, so that List... works; publishing and delivering is ours. */
export function createSnsService(deps: SnsDeps): AwsService {
  return new SnsService(deps);
}

class SnsService implements AwsService {
  readonly name = 'sns';
  private readonly registry = new SubscriptionRegistry();
  private readonly ending = new AbortController();
  private readonly operations: Record<string, (parameters: Parameters) => Promise<ServiceOutput>> = {
    Publish: (parameters) => this.publish(parameters),
    CreateTopic: (parameters) => this.createTopic(parameters),
    DeleteTopic: (parameters) => this.deleteTopic(parameters),
    Subscribe: (parameters) => this.subscribe(parameters),
    SetSubscriptionAttributes: (parameters) => this.changeSubscription(parameters),
    Unsubscribe: (parameters) => this.unsubscribe(parameters),
  };

  constructor(private readonly deps: SnsDeps) {}

  resourceOf(_: string, input: Record<string, unknown>): string | undefined {
    return String(input.TopicArn ?? input.TargetArn ?? '').split(':')[5];
  }

  handle(operation: string, input: Record<string, unknown>): Promise<ServiceOutput> {
    const passed = PASSED_ON.includes(operation)
      ? (parameters: Parameters) => this.pass(parameters)
      : undefined;
    const known = this.operations[operation] ?? passed;
    if (!known) throw unsupportedOperation('sns', operation || 'a request without Action');
    return known({ ...(input as Parameters), Action: operation });
  }

  async close(): Promise<void> {
    this.ending.abort();
  }

  private async publish(parameters: Parameters): Promise<ServiceOutput> {
    const publication = readPublication(parameters);
    if (!this.registry.hasTopic(publication.topicArn))
      throw new AwsError('NotFound', 'Topic does not exist', 404);
    const MessageId = randomUUID();
    const topicName = publication.topicArn.split(':').at(-1) ?? '';
    const count = (metric: NotificationMetric) => this.deps.measured.notified(topicName, metric);
    count('NumberOfMessagesPublished');
    this.sendToQueues(publication, MessageId, count);
    for (const { accepts } of this.registry.mailboxesOf(publication.topicArn)) {
      if (!accepts(publication.message, publication.attributes)) continue;
      this.deps.outbox.notify(publication.topicArn, publication.subject, publication.mail);
      count('NumberOfNotificationsDelivered');
    }
    return { json: { MessageId } };
  }

  private sendToQueues(
    publication: Publication,
    messageId: string,
    count: (metric: NotificationMetric) => void,
  ): void {
    const { door, clock } = this.deps;
    const timestamp = new Date(clock.now()).toISOString();
    const onLost = (words: string) => this.reportLoss(words);
    const delivery = { door, clock, signal: this.ending.signal, onLost, count };
    for (const subscription of this.registry.queuesOf(publication.topicArn)) {
      if (!subscription.accepts(publication.message, publication.attributes)) continue;
      const message = notificationFor(subscription, publication, messageId, timestamp);
      if (message) void deliver(delivery, subscription, message);
    }
  }

  // AWS would only count it (NumberOfNotificationsFailed); whoever runs this locally should see it.
  private reportLoss(words: string): void {
    this.deps.log.write('sns', JSON.stringify({ level: 'ERROR', words }));
    console.error(words);
  }

  private async createTopic(parameters: Parameters): Promise<ServiceOutput> {
    const output = await this.pass(parameters);
    const TopicArn = valueIn(output.xml, 'TopicArn');
    this.registry.addTopic(TopicArn);
    return { ...output, json: { TopicArn } };
  }

  private deleteTopic(parameters: Parameters): Promise<ServiceOutput> {
    this.registry.removeTopic(parameters.TopicArn ?? '');
    return this.pass(parameters);
  }

  private async subscribe(parameters: Parameters): Promise<ServiceOutput> {
    const attributes = entriesOf(parameters, 'Attributes');
    this.registry.check(parameters, attributes);
    const output = await this.pass(parameters);
    const SubscriptionArn = valueIn(output.xml, 'SubscriptionArn');
    this.registry.add(SubscriptionArn, parameters, attributes);
    return { ...output, json: { SubscriptionArn } };
  }

  private changeSubscription(parameters: Parameters): Promise<ServiceOutput> {
    const { SubscriptionArn = '', AttributeName = '', AttributeValue = '' } = parameters;
    this.registry.change(SubscriptionArn, AttributeName, AttributeValue);
    return this.pass(parameters);
  }

  private unsubscribe(parameters: Parameters): Promise<ServiceOutput> {
    this.registry.remove(parameters.SubscriptionArn ?? '');
    return this.pass(parameters);
  }

  private async pass(parameters: Parameters): Promise<ServiceOutput> {
    return { json: {}, xml: await this.deps.fauxqs.sns(parameters) };
  }
}
