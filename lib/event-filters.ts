import { SubscriptionFilter, type Topic } from 'aws-cdk-lib/aws-sns';
import { EVENT_TYPES, type EventType } from '../events/event-types';
import { MESSAGE_ATTRIBUTES } from '../events/message-attributes';
import { TYPES_OF_GRANTS } from '../events/types-of-grants';

type Filter = Record<string, SubscriptionFilter>;
type Conditions = Record<string, unknown[]>;

const ABSENT = { exists: false };
const { type, system, topic } = MESSAGE_ATTRIBUTES;

/** The types that a system hears of. */
export const typesOf = ({ kind }: { readonly kind: string }): readonly EventType[] =>
  kind === 'auth0' ? TYPES_OF_GRANTS : EVENT_TYPES;

/** What a system takes: a type that it hears of, for everybody or for it, on our topic. */
export function systemFilter(name: string, types: readonly EventType[], ourTopic: Topic): Filter {
  return {
    [type]: new SubscriptionFilter([...types]),
    [system]: new SubscriptionFilter([ABSENT, name]),
    [topic]: new SubscriptionFilter([ABSENT, ...namesOf(ourTopic)]),
  };
}

/**
 * What no system takes: the complement of all of {@link systemFilter}. `$or` makes SNS deliver a message with
 * several faults once. An `anything-but` matches only where the attribute is present.
 *
 * @param granting names of those systems that hear of invitations only
 */
export function strayFilter(
  systems: readonly string[],
  granting: readonly string[],
  ourTopic: Topic,
): Filter {
  const faults: Conditions[] = [
    { [type]: [{ 'anything-but': [...EVENT_TYPES] }, ABSENT] },
    { [system]: [{ 'anything-but': [...systems] }] },
    { [topic]: [{ 'anything-but': namesOf(ourTopic) }] },
    ...(granting.length > 0
      ? [{ [system]: [...granting], [type]: [{ 'anything-but': [...TYPES_OF_GRANTS] }] }]
      : []),
  ];
  return { $or: new SubscriptionFilter(faults) };
}

// A caller of the plain interface may know either.
function namesOf(ourTopic: Topic): string[] {
  return [ourTopic.topicArn, ourTopic.topicName];
}
