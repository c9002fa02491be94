import { EVENT_TYPES } from '../../events/event-types';
import { compilePattern } from '../../local/aws/pattern/pattern';
import { grantsOf, policyOf } from './helpers/statements';
import { only, type Resource, synthesize } from './helpers/synthesize';

const OPERATOR = 'arn:aws:iam::123456789012:role/operator';
const stacks = synthesize({ publishers: [OPERATOR] });

const subscriptions = stacks
  .all('AWS::SNS::Subscription')
  .filter(([, { Properties }]) => Properties.Protocol === 'sqs');

type Filter = Record<string, unknown>;

/** A filter with the names of our topic put in, as CloudFormation does. */
function filterOf(subscription: Resource): Filter {
  const isName = /TopicName/;
  const put = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(put);
    if (value === null || typeof value !== 'object') return value;
    if ('Ref' in value || 'Fn::GetAtt' in value)
      return isName.test(JSON.stringify(value)) ? 'events' : 'arn:events';
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, put(inner)]));
  };
  return put(subscription.Properties.FilterPolicy) as Filter;
}

/** Who gets a message with these attributes. */
function receiversOf(attributes: Record<string, string>): string[] {
  return subscriptions
    .filter(([, subscription]) => compilePattern(filterOf(subscription))(attributes))
    .map(([name]) => name.split(' ')[0] as string);
}

describe('who may publish', () => {
  const topic = stacks.all('AWS::SNS::Topic').find(([name]) => name.startsWith('root EventTopic'))?.[0] ?? '';
  const policy = policyOf(stacks, 'AWS::SNS::TopicPolicy', topic);

  test('the roles of both APIs and of the sweeper, and the configured ones: all others are refused, whatever else allows them', () => {
    const { Effect, Action, Principal, Condition } = only(
      policy.filter(({ Sid }) => Sid === 'OnlyOurPublishers'),
    );
    expect({ Effect, Action, Principal }).toEqual({
      Effect: 'Deny',
      Action: ['sns:Publish'],
      Principal: { AWS: '*' },
    });
    expect(Condition).toEqual({
      ArnNotEquals: {
        'aws:PrincipalArn': [
          OPERATOR,
          { 'Fn::GetAtt': [expect.stringContaining('EventApiPublishRole'), 'Arn'] },
          { 'Fn::GetAtt': [expect.stringContaining('LinkSweeperRole'), 'Arn'] },
          { 'Fn::GetAtt': [expect.stringContaining('ProvisioningApiServerRole'), 'Arn'] },
        ],
      },
    });
  });

  test('the policy itself lets nobody in', () => {
    expect(policy.filter(({ Effect }) => Effect === 'Allow')).toEqual([]);
  });

  test('the API has no other right than that and the key for it', () => {
    const grants = grantsOf(stacks).filter(({ policy: name }) => name.includes('EventApiPublishRole'));
    expect(grants.map(({ action }) => action)).toEqual([
      'sns:Publish',
      'kms:Decrypt',
      'kms:GenerateDataKey*',
    ]);
    expect(JSON.stringify(grants[0]?.resources)).toContain('EventTopic');
    expect(JSON.stringify(grants[1]?.resources)).toContain('TopicKey');
  });
});

describe('delivery', () => {
  test('hands the body over as it came, and what cannot be delivered to the DLQ of the topic', () => {
    expect(subscriptions).toHaveLength(3);
    for (const [, { Properties }] of subscriptions) {
      expect(Properties.RawMessageDelivery).toBe(true);
      expect(JSON.stringify(Properties.RedrivePolicy)).toContain('EventTopicDeadLetters');
    }
  });

  test('waits until the queue lets SNS in', () => {
    for (const [, { DependsOn }] of subscriptions)
      expect(DependsOn).toEqual(expect.arrayContaining([expect.stringContaining('Policy')]));
  });

  // CloudFormation deletes last of all, so that a system that goes is a stray before its subscription is gone.
  test('lets go of a system that comes only when it is there, as what neither takes would be lost', () => {
    const [[, quarantine] = ['', { DependsOn: [] }]] = subscriptions.filter(([id]) => id.startsWith('root '));
    const nested = Object.keys(stacks.root.findResources('AWS::CloudFormation::Stack'));
    expect(nested).toHaveLength(2);
    expect(quarantine.DependsOn).toEqual(expect.arrayContaining(nested));
  });

  test.each(EVENT_TYPES)('every system gets a %s', (type) => {
    expect(receiversOf({ type })).toEqual(['profile', 'crm']);
  });

  test.each([
    [{ system: 'crm' }, ['crm']],
    [{ topic: 'arn:events' }, ['profile', 'crm']],
    [{ topic: 'events', system: 'profile', subject: 'Hello' }, ['profile']],
    [{ system: 'billing' }, ['root']],
    [{ topic: 'arn:aws:sns:eu-west-1:999999999999:other' }, ['root']],
    [{ type: 'user.exploded' }, ['root']],
    [{ type: 'user.exploded', system: 'billing', topic: 'other' }, ['root']],
    [{ type: 'user.exploded', system: 'crm' }, ['root']],
  ])('a user.registered with %j goes to %j', (attributes, receivers) => {
    expect(receiversOf({ type: 'user.registered', ...attributes })).toEqual(receivers);
  });

  test('whatever comes is either for systems or a stray, never both and never neither', () => {
    for (const type of ['user.registered', 'user.exploded', undefined]) {
      for (const system of ['crm', 'billing', undefined]) {
        for (const topic of ['events', 'arn:events', 'other', undefined]) {
          const given = Object.entries({ type, system, topic }).filter(([, value]) => value !== undefined);
          const receivers = receiversOf(Object.fromEntries(given) as Record<string, string>);
          expect(receivers).not.toEqual([]);
          if (receivers.includes('root')) expect(receivers).toEqual(['root']);
        }
      }
    }
  });
});
