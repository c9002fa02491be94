import { policyOf, statementsOf } from './helpers/statements';
import { only, type Resource, synthesize } from './helpers/synthesize';

const stacks = synthesize();
const crm = Object.entries(stacks.systems.crm?.findResources('AWS::SQS::Queue') ?? {}) as [
  string,
  Resource,
][];
const [source] = crm.filter(([, { Properties }]) => Properties.RedrivePolicy !== undefined);
const [deadLetters] = crm.filter(([, { Properties }]) => Properties.RedrivePolicy === undefined);

test('every queue that somebody works off has a DLQ, and every other one is where messages end', () => {
  const [worked, ended] = [true, false].map((isWorked) =>
    stacks.all('AWS::SQS::Queue').filter(([, { Properties }]) => isWorked === 'RedrivePolicy' in Properties),
  );
  expect(worked).toHaveLength(2);
  expect(ended?.map(([name]) => name.replace(/[0-9A-F]{8}$/, '')).toSorted()).toEqual([
    'crm SystemQueueDeadLettersQueue',
    'profile SystemQueueDeadLettersQueue',
    'root EventTopicDeadLettersQueue',
    'root QuarantineStraysQueue',
    'root StatusProjectionFailuresQueue',
  ]);
});

test('a message is handed out a thousand times before it counts as a crash, and kept for 14 days', () => {
  expect(source?.[1].Properties).toMatchObject({
    RedrivePolicy: {
      deadLetterTargetArn: { 'Fn::GetAtt': [deadLetters?.[0], 'Arn'] },
      maxReceiveCount: 1_000,
    },
    VisibilityTimeout: 180,
  });
  for (const [, { Properties }] of stacks.all('AWS::SQS::Queue')) {
    expect(Properties.MessageRetentionPeriod).toBe(14 * 24 * 3_600);
  }
});

test('a DLQ takes messages from its own queue only, and other queues from none', () => {
  const allowed = deadLetters?.[1].Properties.RedriveAllowPolicy as { sourceQueueArns: unknown[] };
  expect(allowed).toMatchObject({ redrivePermission: 'byQueue' });
  const name = JSON.stringify(source?.[1].Properties.QueueName);
  const ending = name.slice(name.indexOf('crm-') + 'crm-'.length, -2);
  expect(JSON.stringify(only(allowed.sourceQueueArns))).toContain(`:crm-${ending}`);
  const others = stacks
    .all('AWS::SQS::Queue')
    .filter(([id]) => !id.includes('SystemQueueDeadLetters'))
    .map(([, { Properties }]) => Properties.RedriveAllowPolicy);
  for (const policy of others) expect(policy).toEqual({ redrivePermission: 'denyAll' });
});

test('Lambda takes ten messages at once, five times in parallel, and gives back only those that failed', () => {
  const mapping = only(
    stacks.systems.crm?.findResources('AWS::Lambda::EventSourceMapping') ?? {},
  ) as Resource;
  expect(mapping.Properties).toMatchObject({
    EventSourceArn: { 'Fn::GetAtt': [source?.[0], 'Arn'] },
    BatchSize: 10,
    ScalingConfig: { MaximumConcurrency: 5 },
    FunctionResponseTypes: ['ReportBatchItemFailures'],
  });
});

test('SNS may write into every queue it delivers to, and only for our topic', () => {
  const receivers = stacks
    .all('AWS::SQS::Queue')
    .map(([name]) => name)
    .filter((name) => /SystemQueue[0-9A-F]{8}|EventTopicDeadLetters|QuarantineStrays/.test(name));
  expect(receivers).toHaveLength(4);
  for (const name of receivers) {
    const writes = policyOf(stacks, 'AWS::SQS::QueuePolicy', name).filter(({ Effect }) => Effect === 'Allow');
    const { Principal, Action, Condition } = only(writes);
    expect({ Principal, Action }).toEqual({
      Principal: { Service: 'sns.amazonaws.com' },
      Action: ['sqs:SendMessage'],
    });
    expect(JSON.stringify(Condition?.ArnEquals?.['aws:SourceArn'])).toContain('EventTopic');
  }
});

test('SNS may use the key of the queues, and only for our topic', () => {
  const [[, key] = []] = stacks.all('AWS::KMS::Key').filter(([name]) => name.includes('QueueKey'));
  const forServices = statementsOf(key as Resource).filter(({ Principal }) =>
    JSON.stringify(Principal).includes('Service'),
  );
  expect(forServices).toEqual([
    expect.objectContaining({
      Principal: { Service: 'sns.amazonaws.com' },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Condition: { ArnEquals: { 'aws:SourceArn': { Ref: expect.stringMatching(/^EventTopic/) } } },
    }),
  ]);
});
