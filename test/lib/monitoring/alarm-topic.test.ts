import { policyOf, statementsOf } from '../helpers/statements';
import { only, type Resource, synthesize } from '../helpers/synthesize';

const EXISTING = 'arn:aws:sns:eu-west-1:123456789012:on-call';
const stacks = synthesize();

describe('the alarm topic', () => {
  const [topic = ''] = stacks
    .all('AWS::SNS::Topic')
    .map(([name]) => name)
    .filter((name) => name.includes('AlarmTopic'));

  const FROM_OUR_ALARMS = {
    StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
    ArnLike: { 'aws:SourceArn': expect.anything() },
  };

  test('lets CloudWatch publish for alarms of this account', () => {
    const allowed = policyOf(stacks, 'AWS::SNS::TopicPolicy', topic).filter(
      ({ Effect }) => Effect === 'Allow',
    );
    expect(only(allowed)).toMatchObject({
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: ['sns:Publish'],
      Condition: FROM_OUR_ALARMS,
    });
  });

  test('has a key that lets CloudWatch encrypt what it publishes', () => {
    const [[, key] = []] = stacks.all('AWS::KMS::Key').filter(([name]) => name.includes('TopicKey'));
    expect(statementsOf(key as Resource)).toContainEqual(
      expect.objectContaining({
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        Condition: FROM_OUR_ALARMS,
      }),
    );
  });

  test('mails to the configured address', () => {
    stacks.root.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'on-call@example.com',
    });
  });

  test('is an existing one when the configuration names it', () => {
    const withTopic = synthesize({ alarms: { topicArn: EXISTING } });
    expect(withTopic.all('AWS::SNS::Topic').filter(([name]) => name.includes('AlarmTopic'))).toEqual([]);
    withTopic.root.hasOutput('AlarmTopicArn', { Value: EXISTING });
  });
});
