import { alarmsOf } from './helpers/alarms';
import { grantsOf } from './helpers/statements';
import { only, type Resource, synthesize } from './helpers/synthesize';

const crm = { kind: 'scim', baseUrl: 'https://crm.example.com/scim/v2' } as const;
const stacks = synthesize({}, { crm, tickets: { ...crm, state: 'retired' }, billing: crm });

function counterOf({ root }: typeof stacks): Resource {
  const functions = Object.entries(root.findResources('AWS::Lambda::Function'));
  return only(functions.filter(([id]) => id.startsWith('LinkCensus')).map(([, each]) => each as Resource));
}

const variablesOf = (synthesized: typeof stacks) =>
  (counterOf(synthesized).Properties.Environment as { Variables: Record<string, unknown> }).Variables;

test('counts the links of every system, also of one that takes no events any more', () => {
  expect(variablesOf(stacks)).toEqual({
    PUNCTUAL_ENVIRONMENT: 'test',
    SYSTEMS: 'crm,tickets,billing',
    USER_LINK_TABLE_NAME: expect.anything(),
  });
});

test('is run every five minutes, and by nobody but its rule', () => {
  const [[id, rule] = ['', {}]] = Object.entries(stacks.root.findResources('AWS::Events::Rule'));
  expect(rule).toMatchObject({
    Properties: {
      ...{ ScheduleExpression: 'rate(5 minutes)', State: 'ENABLED' },
      Targets: [{ Arn: { 'Fn::GetAtt': [expect.stringContaining('LinkCensusCounter'), 'Arn'] } }],
    },
  });
  stacks.root.hasResourceProperties('AWS::Lambda::Permission', {
    ...{ Action: 'lambda:InvokeFunction', Principal: 'events.amazonaws.com' },
    SourceArn: { 'Fn::GetAtt': [id, 'Arn'] },
  });
});

describe('the alarm of a census that is not taken', () => {
  const silenceOf = (synthesized: typeof stacks) =>
    alarmsOf(synthesized).filter(({ name }) => name.endsWith('-link-census-silence'));

  test('goes off without a run of the function that the rule runs, and waits for two of its turns', () => {
    const [[id] = []] = Object.entries(stacks.root.findResources('AWS::Lambda::Function')).filter(([name]) =>
      name.startsWith('LinkCensus'),
    );
    const { dimensions, properties } = only(silenceOf(stacks));
    expect(dimensions).toEqual({ FunctionName: `root ${id}` });
    expect(properties).toMatchObject({
      ...{ MetricName: 'Invocations', Statistic: 'Sum', Period: 600, EvaluationPeriods: 1 },
      ...{ ComparisonOperator: 'LessThanThreshold', Threshold: 1, TreatMissingData: 'breaching' },
    });
  });

  test('is not in a throw-away stack, which would begin with it', () => {
    expect(silenceOf(synthesize({ ephemeral: true }))).toEqual([]);
  });
});

test('may query the one index, and cannot read or write the table', () => {
  const grants = grantsOf(stacks).filter(({ policy }) => policy.startsWith('root LinkCensus'));
  const onTable = grants.filter(({ action }) => action.startsWith('dynamodb:'));
  expect(onTable.map(({ action }) => action)).toEqual(['dynamodb:Query']);
  expect(JSON.stringify(only(only(onTable).resources))).toMatch(/UserLinkTable.*"Arn".*\/index\/unsettled"/);
  expect([...new Set(grants.map(({ action }) => action))].toSorted()).toEqual([
    ...['dynamodb:Query', 'kms:Decrypt', 'logs:CreateLogStream', 'logs:PutLogEvents'],
  ]);
});

test('the names of as many systems as there may be fit into the variables of a function', () => {
  // More would need more outputs than a stack has.
  const names = Array.from({ length: 80 }, (_, number) => `${'x'.repeat(28)}${100 + number}`);
  const named = { SYSTEMS: names.join(','), USER_LINK_TABLE_NAME: 'x'.repeat(255) };
  const variables = { ...variablesOf(stacks), ...named };
  expect(Buffer.byteLength(Object.entries(variables).flat().join(''))).toBeLessThan(4096);
});
