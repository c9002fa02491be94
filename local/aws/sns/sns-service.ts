import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock';
import { AwsError, unsupportedOperation } from '../aws-error';
import type { Fauxqs } from '../fauxqs';
import type { FrontDoor } from '../front-door';
import type { AwsService, ServiceOutput } from '../service';
import { deliver } from './deliver';
import { notificationFor } from './notification';
import { readPublication } from './publish-input';
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

/** Topics and subscriptions live in the emulator, so that List... works; publishing and delivering is ours. */
export function createSnsService(
  fauxqs: Fauxqs,
  clock: Clock,
  door: Pick<FrontDoor, 'call' | 'url'>,
): AwsService {
  const registry = new SubscriptionRegistry();
  const ending = new AbortController();
  const delivery = { door, clock, signal: ending.signal };
  const pass = async (parameters: Parameters): Promise<ServiceOutput> => ({
    json: {},
    xml: await fauxqs.sns(parameters),
  });

  const operations: Record<string, (parameters: Parameters) => Promise<ServiceOutput>> = {
    async Publish(parameters) {
      const publication = readPublication(parameters);
      if (!registry.hasTopic(publication.topicArn))
        throw new AwsError('NotFound', 'Topic does not exist', 404);
      const MessageId = randomUUID();
      const timestamp = new Date(clock.now()).toISOString();
      for (const subscription of registry.queuesOf(publication.topicArn)) {
        if (!subscription.accepts(publication.message, publication.attributes)) continue;
        const message = notificationFor(subscription, publication, MessageId, timestamp);
        if (message) void deliver(delivery, subscription, message);
      }
      return { json: { MessageId } };
    },
    async CreateTopic(parameters) {
      const output = await pass(parameters);
      const TopicArn = valueIn(output.xml, 'TopicArn');
      registry.addTopic(TopicArn);
      return { ...output, json: { TopicArn } };
    },
    async DeleteTopic(parameters) {
      registry.removeTopic(parameters.TopicArn ?? '');
      return pass(parameters);
    },
    async Subscribe(parameters) {
      registry.check(parameters, entriesOf(parameters, 'Attributes'));
      const output = await pass(parameters);
      const SubscriptionArn = valueIn(output.xml, 'SubscriptionArn');
      registry.add(SubscriptionArn, parameters, entriesOf(parameters, 'Attributes'));
      return { ...output, json: { SubscriptionArn } };
    },
    async SetSubscriptionAttributes(parameters) {
      registry.change(
        parameters.SubscriptionArn ?? '',
        parameters.AttributeName ?? '',
        parameters.AttributeValue ?? '',
      );
      return pass(parameters);
    },
    async Unsubscribe(parameters) {
      registry.remove(parameters.SubscriptionArn ?? '');
      return pass(parameters);
    },
  };

  return {
    name: 'sns',
    resourceOf: (_, input) =>
      String(input.TopicArn ?? input.TargetArn ?? input.Name ?? '').split(':')[5] ?? undefined,
    handle(operation, input) {
      const known = operations[operation] ?? (PASSED_ON.includes(operation) ? pass : undefined);
      if (!known) throw unsupportedOperation('sns', operation || 'a request without Action');
      return known({ ...(input as Parameters), Action: operation });
    },
    close: async () => ending.abort(),
  };
}
