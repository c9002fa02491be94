import { defineConfiguration } from '../../lib/configuration';
import { only, type Resource, synthesize } from './helpers/synthesize';

const GIVEN = 'arn:aws:events:eu-central-1:210987654321:event-bus/accounts';
const stacks = synthesize(
  {},
  { payroll: { kind: 'eventbridge' }, lent: { kind: 'eventbridge', bus: GIVEN } },
);

/** What the function of a system may do with buses. */
function grantsOf(system: string): unknown[] {
  const policies = Object.values(stacks.systems[system]?.findResources('AWS::IAM::Policy') ?? {});
  return policies
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement as { Action: string | string[] }[])
    .filter(({ Action }) => JSON.stringify(Action).includes('events:'));
}

const variablesOf = (system: string) => {
  const functions = stacks.systems[system]?.findResources('AWS::Lambda::Function') ?? {};
  return (only(functions) as Resource).Properties.Environment as { Variables: Record<string, unknown> };
};

test('without a bus the stack makes one, with a name of its own and the key of the stack', () => {
  const [id, bus] =
    Object.entries(stacks.systems.payroll?.findResources('AWS::Events::EventBus') ?? {})[0] ?? [];
  expect(JSON.stringify(bus?.Properties.Name)).toContain('"payroll-"');
  expect(JSON.stringify(bus?.Properties.KmsKeyIdentifier)).toContain('KeysDataKey');
  const arn = { 'Fn::GetAtt': [id, 'Arn'] };
  expect(variablesOf('payroll').Variables.EVENT_BUS_ARN).toEqual(arn);
  expect(grantsOf('payroll')).toEqual([{ Action: 'events:PutEvents', Effect: 'Allow', Resource: arn }]);
  expect(Object.keys(stacks.root.findOutputs('EventBusArnPayroll'))).toHaveLength(1);
});

test('the bus goes with a throw-away stack alone', () => {
  const policyIn = (ephemeral: boolean) => {
    const { systems } = synthesize({ ephemeral }, { payroll: { kind: 'eventbridge' } });
    return only(systems.payroll?.findResources('AWS::Events::EventBus') ?? {}).DeletionPolicy;
  };
  expect([policyIn(false), policyIn(true)]).toEqual(['Retain', 'Delete']);
});

test('EventBridge may use the key for buses of this account, and no other service may for it', () => {
  const keys = Object.values(stacks.root.findResources('AWS::KMS::Key'));
  const statements = keys.flatMap(({ Properties }) => Properties.KeyPolicy.Statement as object[]);
  const ofBuses = statements.filter((statement) =>
    JSON.stringify(statement).includes('events.amazonaws.com'),
  );
  expect(ofBuses).toEqual([
    {
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'],
      Resource: '*',
      Condition: {
        StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
        ArnLike: { 'aws:SourceArn': expect.anything() },
      },
    },
  ]);
  expect(JSON.stringify(ofBuses)).toContain(':event-bus/*');
});

test('with a bus, events go to exactly that one, and none is made', () => {
  stacks.systems.lent?.resourceCountIs('AWS::Events::EventBus', 0);
  expect(variablesOf('lent').Variables.EVENT_BUS_ARN).toBe(GIVEN);
  expect(grantsOf('lent')).toEqual([{ Action: 'events:PutEvents', Effect: 'Allow', Resource: GIVEN }]);
  expect(stacks.root.findOutputs('EventBusArnLent')).toEqual({});
});

test('it signs off as every system that is told, unless it says that it never does', () => {
  expect(variablesOf('payroll').Variables).toMatchObject({ SIGN_OFF_MS: `${24 * 3_600_000}` });
  expect(stacks.root.findOutputs('SignOffSecretArnPayroll')).not.toEqual({});
  const { systems } = synthesize({}, { payroll: { kind: 'eventbridge', signOff: 'none' } });
  systems.payroll?.resourceCountIs('AWS::SecretsManager::Secret', 0);
});

const configured = (bus: string) => () =>
  defineConfiguration({
    environments: { dev: { tenant: 'acme.eu.auth0.com', alarms: { email: 'on-call@example.com' } } },
    systems: { payroll: { kind: 'eventbridge', bus } },
  });

test.each([
  'arn:aws:events:eu-west-1:123456789012:event-bus/default',
  'arn:aws-us-gov:events:us-gov-west-1:123456789012:event-bus/a.b_c-d',
])('takes the bus %s', (bus) => {
  expect(configured(bus)).not.toThrow();
});

test.each([
  'accounts',
  'arn:aws:events:eu-west-1:123456789012:rule/accounts',
  'arn:aws:events:eu-west-1:1234:event-bus/accounts',
  'arn:aws:events::123456789012:event-bus/accounts',
  'arn:aws:events:eu-west-1:123456789012:event-bus/',
  'arn:aws:events:eu-west-1:123456789012:event-bus/*',
  'arn:aws:events:eu-west-1:123456789012:event-bus/aws.partner/auth0.com/acme',
  `arn:aws:events:eu-west-1:123456789012:event-bus/${'x'.repeat(257)}`,
  'arn:aws:sns:eu-west-1:123456789012:accounts',
])('rejects the bus %s, and says what it is to be', (bus) => {
  expect(configured(bus)).toThrow(/systems\.payroll\.bus.*the ARN of an event bus/s);
});
