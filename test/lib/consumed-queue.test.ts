import { type ConfigurationInput, defineConfiguration } from '../../lib/configuration';
import { only, type Resource, synthesize, TWO_SYSTEMS } from './helpers/synthesize';

const ROLES = ['arn:aws:iam::123456789012:role/search', 'arn:aws:iam::210987654321:role/team/indexer'];
const systems = {
  ...TWO_SYSTEMS,
  search: { kind: 'sqs', consumers: ROLES, visibilitySeconds: 90, maxReceives: 7 },
  idle: { kind: 'sqs' },
} satisfies ConfigurationInput['systems'];
const stacks = synthesize({}, systems);

interface Statement {
  readonly Action: string | readonly string[];
  readonly Effect: string;
  readonly Principal?: { readonly AWS?: unknown };
  readonly Condition?: object;
}

const statementsIn = (resources: object, property: string): Statement[] =>
  Object.values(resources as Record<string, Resource>).flatMap(
    ({ Properties }) => (Properties[property] as { Statement: Statement[] }).Statement,
  );
const naming = (statements: readonly Statement[], role: string) =>
  statements.filter((statement) => JSON.stringify(statement).includes(role));
const queuePolicies = (name: string) =>
  statementsIn(stacks.systems[name]?.findResources('AWS::SQS::QueuePolicy') ?? {}, 'PolicyDocument');
const keyStatements = statementsIn(stacks.root.findResources('AWS::KMS::Key'), 'KeyPolicy');

test('is a queue with a DLQ, the alarms of both and a subscription, and no function', () => {
  const { search } = stacks.systems;
  search?.resourceCountIs('AWS::Lambda::Function', 0);
  search?.resourceCountIs('AWS::SQS::Queue', 2);
  search?.resourceCountIs('AWS::SNS::Subscription', 1);
  search?.hasResourceProperties('AWS::SQS::Queue', {
    VisibilityTimeout: 90,
    RedrivePolicy: { maxReceiveCount: 7 },
  });
  const names = Object.values(search?.findResources('AWS::CloudWatch::Alarm') ?? {}).map(
    ({ Properties }) => JSON.stringify(Properties.AlarmName).match(/system-queue-[a-z-]+/)?.[0],
  );
  expect(names.toSorted()).toEqual(['system-queue-behind', 'system-queue-dead-letters']);
});

test('takes what every system takes: each type for everybody, erasures too, and what is for it alone', () => {
  const { search, crm } = stacks.systems;
  const filterOf = (stack: typeof search) =>
    only(stack?.findResources('AWS::SNS::Subscription') ?? {}).Properties.FilterPolicy;
  expect(filterOf(search).type).toContain('user.erase-requested');
  expect(filterOf(search)).toEqual({
    ...filterOf(crm),
    system: [{ exists: false }, 'search'],
  });
});

test.each(ROLES)('lets the role %s receive, delete and put off, and nothing else', (role) => {
  const [allowed, ...others] = naming(queuePolicies('search'), role);
  expect(others).toEqual([]);
  expect(allowed).toMatchObject({
    Effect: 'Allow',
    Action: [
      ...['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage'],
      ...['sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
    ],
  });
  const [decrypting, ...more] = naming(keyStatements, role);
  expect(more).toEqual([]);
  expect(decrypting).toMatchObject({ Effect: 'Allow', Action: 'kms:Decrypt' });
  expect(JSON.stringify(decrypting?.Condition)).toMatch(/kms:ViaService.*"sqs\."/);
});

test('no policy has a role of theirs as its principal, which would keep all from being deployed once it is gone', () => {
  for (const statements of [queuePolicies('search'), keyStatements]) {
    for (const { Principal } of statements)
      for (const role of ROLES) expect(JSON.stringify(Principal)).not.toContain(role);
    const open = statements.filter(({ Effect, Principal }) => Effect === 'Allow' && Principal?.AWS === '*');
    expect(open).toEqual([
      expect.objectContaining({
        Condition: expect.objectContaining({ ArnEquals: { 'aws:PrincipalArn': ROLES } }),
      }),
    ]);
  }
});

test('without consumers nobody is named', () => {
  const named = queuePolicies('idle').filter(({ Principal }) => Principal?.AWS !== undefined);
  expect(named.map(({ Effect }) => Effect)).toEqual(['Deny', 'Deny']);
});

test('its address has a name of its own, so that nobody looks for links', () => {
  const outputs = Object.keys(stacks.root.findOutputs('*')).filter((name) => name.endsWith('Search'));
  expect(outputs.toSorted()).toEqual(['ConsumerQueueArnSearch', 'ConsumerQueueUrlSearch']);
  const functions = stacks.root.findResources('AWS::Lambda::Function');
  const names = Object.values(functions).flatMap(
    ({ Properties }) => Properties.Environment?.Variables.SYSTEMS ?? [],
  );
  expect([...new Set(names)]).toEqual(['profile,crm']);
});

test('what systems refuse wakes somebody no later for it, as it refuses nothing', () => {
  const alarmOf = ({ root }: typeof stacks) =>
    Object.values(root.findResources('AWS::CloudWatch::Alarm')).find(({ Properties }) =>
      JSON.stringify(Properties.AlarmName).includes('signature-rejections'),
    );
  expect([alarmOf(stacks), alarmOf(synthesize())].map((alarm) => alarm?.Properties.Threshold)).toEqual([
    4, 4,
  ]);
});

test('a retired one takes nothing new and keeps what waits, and the stack says so', () => {
  const retired = { kind: 'sqs', state: 'retired' } as const;
  const { root, systems } = synthesize({}, { ...TWO_SYSTEMS, search: retired, idle: { kind: 'sqs' } });
  systems.search?.resourceCountIs('AWS::SNS::Subscription', 0);
  systems.search?.resourceCountIs('AWS::SQS::Queue', 2);
  expect(Object.keys(root.findOutputs('ConsumerQueueUrlSearch'))).toHaveLength(1);
  const consuming = (stack: typeof root) => stack.findOutputs('*').ConsumingSystems?.Value;
  expect(consuming(root)).toBe('idle');
  expect(consuming(stacks.root)).toBe('search,idle');
  expect(consuming(synthesize({}, { ...TWO_SYSTEMS, search: retired }).root)).toBeUndefined();
});

test('it may be the only system', () => {
  const { root } = synthesize({}, { search: { kind: 'sqs' } });
  expect(Object.keys(root.findOutputs('ConsumerQueueUrlSearch'))).toHaveLength(1);
});

const configured = (settings: object) => () =>
  defineConfiguration({
    environments: { dev: { tenant: 'acme.eu.auth0.com', alarms: { email: 'on-call@example.com' } } },
    systems: { search: { kind: 'sqs', ...settings } },
  } as ConfigurationInput);

test.each([
  ['breaker', {}],
  ['retry', {}],
  ['scope', {}],
  ['mapping', {}],
  ['attributes', ['email']],
  ['signOff', 'none'],
  ['after', ['crm']],
  ['required', true],
  ['deprovision', {}],
])('rejects the setting %s, which only a function of ours would keep', (name, value) => {
  expect(configured({ [name]: value })).toThrow(/systems\.search.*kind, consumers, visibilitySeconds/s);
});

test.each([
  ['consumers', ['*'], /systems\.search\.consumers\.0.*the ARN of an IAM role/s],
  ['consumers', ['arn:aws:iam::123456789012:user/ada'], /the ARN of an IAM role/],
  ['consumers', ['arn:aws:iam::123456789012:root'], /the ARN of an IAM role/],
  ['maxReceives', 0, /from 1 to 1000/],
  ['visibilitySeconds', 43_201, /from 1 to 43200/],
])('rejects %s %j', (name, value, words) => {
  expect(configured({ [name]: value })).toThrow(words);
});
