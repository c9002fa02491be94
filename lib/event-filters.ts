import { SubscriptionFilter, type Topic } from 'aws-cdk-lib/aws-sns';
import { EVENT_TYPES } from '../events/event-types';
import { MESSAGE_ATTRIBUTES } from '../events/message-attributes';

type Filter = Record<string, SubscriptionFilter>;
type Conditions = Record<string, unknown[]>;

const ABSENT = { exists: false };
const { type, system, topic } = MESSAGE_ATTRIBUTES;

/** What a system takes: a known type, for everybody or for it, on our topic. */
export function systemFilter(name: string, ourTopic: Topic): Filter {
  return {
    [type]: new SubscriptionFilter([...EVENT_TYPES]),
    [system]: new SubscriptionFilter([ABSENT, name]),
    [topic]: new SubscriptionFilter([ABSENT, ...namesOf(ourTopic)]),
  };
}

/**
 * What no system takes: the complement of all of {@link systemFilter}. `$or` makes SNS deliver a message with
 * several faults once. An `anything-but` matches only where the attribute is present.
 */
export function strayFilter(systems: readonly string[], ourTopic: Topic): Filter {
  const faults: Conditions[] = [
    { [type]: [{ 'anything-but': [...EVENT_TYPES] }, ABSENT] },
    { [system]: [{ 'anything-but': [...systems] }] },
    { [topic]: [{ 'anything-but': namesOf(ourTopic) }] },
  ];
  return { $or: new SubscriptionFilter(faults) };
}

// A caller of the plain interface may know either.
function namesOf(ourTopic: Topic): string[] {
  return [ourTopic.topicArn, ourTopic.topicName];
}
