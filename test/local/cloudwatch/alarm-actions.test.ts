import { AwsError } from '../../../local/aws/aws-error';
import type { InProcessCall } from '../../../local/aws/front-door';
import { readPublication } from '../../../local/aws/sns/publish-input';
import type { AlarmChange } from '../../../local/cloudwatch/alarm';
import { performActions } from '../../../local/cloudwatch/alarm-actions';
import { aDefinition } from './helpers/an-alarm';

const definition = aDefinition();
const change: AlarmChange = {
  ...{ definition, state: 'ALARM', before: 'OK' },
  ...{ reason: 'Threshold Crossed: 1 out of …', since: Date.parse('2026-11-20T10:00:00Z') },
};

async function perform(changed: AlarmChange, error?: AwsError) {
  const calls: InProcessCall[] = [];
  const failures: string[] = [];
  const call = async (asked: InProcessCall) => {
    calls.push(asked);
    if (error) throw error;
    return {};
  };
  const door = { call: call as never };
  await performActions(changed, { door, onFailure: (words) => void failures.push(words) });
  return { calls, failures };
}

test('CloudWatch publishes to the topic of the new state, in the name of the alarm', async () => {
  const { calls } = await perform(change);
  expect(calls).toMatchObject([
    { service: 'sns', operation: 'Publish', caller: 'cloudwatch.amazonaws.com', sourceArn: definition.arn },
  ]);
});

test('machines get the documented JSON, people a text', async () => {
  const { calls } = await perform(change);
  const { message, mail, subject } = readPublication(calls[0]?.input ?? {});
  expect(subject).toBe('ALARM: "Stack-crm-system-queue-behind" in US East (N. Virginia)');
  expect(JSON.parse(message)).toEqual({
    AlarmName: definition.name,
    AlarmDescription: definition.description,
    AWSAccountId: '000000000000',
    NewStateValue: 'ALARM',
    NewStateReason: change.reason,
    StateChangeTime: '2026-11-20T10:00:00.000+0000',
    Region: 'US East (N. Virginia)',
    AlarmArn: definition.arn,
    OldStateValue: 'OK',
    OKActions: [],
    AlarmActions: definition.actions.ALARM,
    InsufficientDataActions: [],
    Trigger: expect.objectContaining({ MetricName: 'Age', Statistic: 'MAXIMUM', Period: 300, Threshold: 1 }),
  });
  expect(mail).toContain(definition.description);
  expect(mail).toContain(change.reason);
});

test('a state without actions publishes nothing, and neither does an alarm that is switched off', async () => {
  expect((await perform({ ...change, state: 'OK', before: 'ALARM' })).calls).toEqual([]);
  const silenced = { ...change, definition: aDefinition({ actionsEnabled: false }) };
  expect((await perform(silenced)).calls).toEqual([]);
});

test('a subject that SNS would not take is made one that it takes', async () => {
  const { calls } = await perform({ ...change, definition: aDefinition({ name: 'ä\n'.repeat(100) }) });
  expect(readPublication(calls[0]?.input ?? {}).subject).toHaveLength(100);
});

test('fails without noise when the topic does not let CloudWatch in, and says so', async () => {
  const { failures } = await perform(change, new AwsError('AuthorizationError', 'secret words', 403));
  expect(failures).toEqual([
    'The alarm Stack-crm-system-queue-behind could not be published to arn:aws:sns:us-east-1:000000000000:Alarms: AuthorizationError',
  ]);
});
