import type { ResolvedResource, ResourceType } from '../../../local/resources/resource-type';
import { createStack } from '../../../local/template/create-stack';
import type { Template, TemplateResource } from '../../../local/template/template';

const THING: ResourceType = {
  type: 'Thing',
  support: '',
  create: ({ logicalId }) => ({ ref: `ref-${logicalId}`, attributes: { Arn: `arn-${logicalId}` } }),
};
const types = new Map([[THING.type, THING]]);

function aThing(
  properties: Record<string, unknown> = {},
  more: Partial<TemplateResource> = {},
): TemplateResource {
  return { Type: 'Thing', Properties: properties, ...more };
}

async function create(template: Template, parameters: Record<string, unknown> = {}) {
  const made: ResolvedResource[] = [];
  const stack = { template, stackName: 'App', stackPath: '', ownName: 'App', parameters };
  const outputs = await createStack(stack, types, async (type, resource) => {
    made.push(resource);
    return type.create(resource, undefined as never);
  });
  return { made, outputs, order: made.map(({ logicalId }) => logicalId) };
}

test('a resource comes after everything it refers to', async () => {
  const { order } = await create({
    Resources: {
      // Written in two, because linters take the whole for a mistake.
      A: aThing({ of: { 'Fn::Sub': '$'.concat('{B.Arn}') } }),
      B: aThing({ of: [{ Ref: 'C' }] }),
      C: aThing({}, { DependsOn: ['D'] }),
      D: aThing({}, { DependsOn: 'E' }),
      E: aThing(),
    },
  });
  expect(order).toEqual(['E', 'D', 'C', 'B', 'A']);
});

test('references are resolved before a resource is made', async () => {
  const { made } = await create({
    Resources: { A: aThing({ b: { Ref: 'B' }, arn: { 'Fn::GetAtt': ['B', 'Arn'] } }), B: aThing() },
  });
  expect(made.at(-1)?.properties).toEqual({ b: 'ref-B', arn: 'arn-B' });
});

test('outputs and parameters meet their values', async () => {
  const template: Template = {
    Parameters: { Name: { Type: 'String', Default: 'none' }, List: { Type: 'CommaDelimitedList' } },
    Resources: { A: aThing({ name: { Ref: 'Name' }, list: { Ref: 'List' } }) },
    Outputs: { Arn: { Value: { 'Fn::GetAtt': ['A', 'Arn'] } } },
  };
  const { made, outputs } = await create(template, { Name: 'given', List: 'a, b' });
  expect(made[0]?.properties).toEqual({ name: 'given', list: ['a', 'b'] });
  expect(outputs).toEqual({ Arn: 'arn-A' });
});

test('a resource and an output whose condition does not hold are left out', async () => {
  const template: Template = {
    Parameters: { Stage: { Type: 'String', Default: 'dev' } },
    Conditions: {
      IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
      IsDev: { 'Fn::Not': [{ Condition: 'IsProd' }] },
      Both: { 'Fn::And': [{ Condition: 'IsProd' }, { Condition: 'IsDev' }] },
      Either: { 'Fn::Or': [{ Condition: 'IsProd' }, { Condition: 'IsDev' }] },
    },
    Resources: {
      A: aThing({}, { Condition: 'IsProd' }),
      B: aThing({}, { Condition: 'IsDev' }),
      C: aThing({}, { Condition: 'Both' }),
      D: aThing({ x: { 'Fn::If': ['Either', 'yes', 'no'] } }, { Condition: 'Either' }),
    },
    Outputs: { A: { Value: 'a', Condition: 'IsProd' }, B: { Value: 'b', Condition: 'IsDev' } },
  };
  const { order, made, outputs } = await create(template);
  expect(order).toEqual(['B', 'D']);
  expect(made[1]?.properties).toEqual({ x: 'yes' });
  expect(outputs).toEqual({ B: 'b' });
});

test('physical names are readable, short and the same in every run', async () => {
  const long = 'L'.repeat(80);
  const { made } = await create({ Resources: { Queue1A2B3C4D: aThing(), [long]: aThing() } });
  expect(made[0]?.physicalName).toBe('App-Queue1A2B3C4D');
  expect(made[1]?.physicalName).toHaveLength(64);
  expect(made[1]?.physicalName).toBe(
    (await create({ Resources: { [long]: aThing() } })).made[0]?.physicalName,
  );
});

test('fails when resources depend on each other in a circle, and shows it', async () => {
  const circle = create({ Resources: { A: aThing({ b: { Ref: 'B' } }), B: aThing({ a: { Ref: 'A' } }) } });
  await expect(circle).rejects.toThrow(/A -> B -> A/);
});

test('fails with the name of every parameter that has no value', async () => {
  const parameters = {
    One: { Type: 'String' },
    Two: { Type: 'String' },
    Three: { Type: 'String', Default: '3' },
  };
  await expect(create({ Parameters: parameters, Resources: {} })).rejects.toThrow(/One, Two\./);
});

test.each([
  ['an attribute that is not known', { 'Fn::GetAtt': ['B', 'Nope'] }, /attribute Nope of B \(Thing\)/],
  ['a reference to nothing', { Ref: 'Nowhere' }, /Nowhere is referred to/],
])('rejects %s and says where', async (_, value, words) => {
  await expect(create({ Resources: { A: aThing({ value }), B: aThing() } })).rejects.toThrow(words);
});
