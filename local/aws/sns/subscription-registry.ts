import { AwsError } from '../aws-error';
import { readSubscription, type Subscription } from './subscription';

type Parameters = Record<string, string>;

/** Who gets what is published to which topic. */
export class SubscriptionRegistry {
  private readonly topics = new Map<string, Map<string, Subscription>>();

  addTopic(topicArn: string): void {
    if (!this.topics.has(topicArn)) this.topics.set(topicArn, new Map());
  }

  removeTopic(topicArn: string): void {
    this.topics.delete(topicArn);
  }

  hasTopic(topicArn: string): boolean {
    return this.topics.has(topicArn);
  }

  /** Subscriptions of queues. */
  queuesOf(topicArn: string): Subscription[] {
    return this.subscribersOf(topicArn, ['sqs']);
  }

  /** Subscriptions of people. Protocols that are neither are listed but get nothing. */
  mailboxesOf(topicArn: string): Subscription[] {
    return this.subscribersOf(topicArn, ['email', 'email-json']);
  }

  /** Fails as `add` would, without adding. */
  check(parameters: Parameters, attributes: Record<string, string>): void {
    readSubscription(baseOf('', parameters), attributes);
  }

  add(arn: string, parameters: Parameters, attributes: Record<string, string>): void {
    const subscription = readSubscription(baseOf(arn, parameters), attributes);
    this.topics.get(subscription.topicArn)?.set(arn, subscription);
  }

  change(arn: string, name: string, value: string): void {
    const before = this.find(arn);
    if (!before) throw new AwsError('NotFound', 'Subscription does not exist', 404);
    const { [name]: _, ...others } = before.attributes;
    const attributes = value === '' ? others : { ...others, [name]: value };
    this.topics.get(before.topicArn)?.set(arn, readSubscription(before, attributes));
  }

  remove(arn: string): void {
    const subscription = this.find(arn);
    if (subscription) this.topics.get(subscription.topicArn)?.delete(arn);
  }

  private subscribersOf(topicArn: string, protocols: readonly string[]): Subscription[] {
    const all = [...(this.topics.get(topicArn)?.values() ?? [])];
    return all.filter(({ protocol }) => protocols.includes(protocol));
  }

  private find(arn: string): Subscription | undefined {
    return [...this.topics.values()].map((subscriptions) => subscriptions.get(arn)).find(Boolean);
  }
}

function baseOf(
  arn: string,
  parameters: Parameters,
): Pick<Subscription, 'arn' | 'topicArn' | 'protocol' | 'endpoint'> {
  const { TopicArn: topicArn = '', Protocol: protocol = '', Endpoint: endpoint = '' } = parameters;
  return { arn, topicArn, protocol, endpoint };
}

/** `Attributes.entry.1.key` and `.value` as an object. */
export function entriesOf(parameters: Parameters, list: string): Record<string, string> {
  const keys = Object.keys(parameters).filter(
    (name) => name.startsWith(`${list}.entry.`) && name.endsWith('.key'),
  );
  return Object.fromEntries(
    keys.map((name) => [parameters[name] ?? '', parameters[name.replace(/key$/, 'value')] ?? '']),
  );
}

/** Text of the first element of that name; ARNs hold nothing that XML escapes. */
export function valueIn(xml = '', element: string): string {
  return new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml)?.[1] ?? '';
}
