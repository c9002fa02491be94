import { compileFilterPolicy } from '../../../../local/aws/sns/filter-policy';
import type { MessageAttributes } from '../../../../local/aws/sns/message-attributes';

const text = (StringValue: string) => ({ DataType: 'String', StringValue });
const number = (StringValue: string) => ({ DataType: 'Number', StringValue });
const list = (...values: unknown[]) => ({ DataType: 'String.Array', StringValue: JSON.stringify(values) });

const accepts = (policy: unknown, attributes: MessageAttributes) =>
  compileFilterPolicy(JSON.stringify(policy), 'MessageAttributes')('body', attributes);

// The cases are those of the pages on string, numeric and key matching in the SNS developer guide.
test.each([
  ['exact', { interests: ['rugby', 'tennis'] }, { interests: text('rugby') }, true],
  ['exact, other value', { interests: ['rugby', 'tennis'] }, { interests: text('baseball') }, false],
  ['exact, absent', { interests: ['rugby'] }, {}, false],
  ['exact is case-sensitive', { interests: ['rugby'] }, { interests: text('Rugby') }, false],
  ['exact, one of a list', { interests: ['rugby'] }, { interests: list('golf', 'rugby') }, true],
  ['attributes that the policy does not name', { a: ['1'] }, { a: text('1'), b: text('2') }, true],
  ['all keys', { a: ['1'], b: ['2'] }, { a: text('1') }, false],
  [
    'anything-but',
    { interests: [{ 'anything-but': ['rugby', 'tennis'] }] },
    { interests: text('baseball') },
    true,
  ],
  [
    'anything-but, excluded',
    { interests: [{ 'anything-but': ['rugby', 'tennis'] }] },
    { interests: text('rugby') },
    false,
  ],
  ['anything-but, absent', { interests: [{ 'anything-but': ['rugby'] }] }, {}, false],
  [
    'anything-but, list with another',
    { interests: [{ 'anything-but': ['rugby'] }] },
    { interests: list('rugby', 'baseball') },
    true,
  ],
  [
    'anything-but, list of excluded',
    { interests: [{ 'anything-but': ['rugby'] }] },
    { interests: list('rugby') },
    false,
  ],
  [
    'anything-but prefix',
    { event: [{ 'anything-but': { prefix: 'order-' } }] },
    { event: text('data-entry') },
    true,
  ],
  [
    'anything-but prefix, excluded',
    { event: [{ 'anything-but': { prefix: 'order-' } }] },
    { event: text('order-x') },
    false,
  ],
  ['anything-but suffix', { file: [{ 'anything-but': { suffix: 'ball' } }] }, { file: text('rugby') }, true],
  [
    'anything-but suffix, excluded',
    { file: [{ 'anything-but': { suffix: 'ball' } }] },
    { file: text('baseball') },
    false,
  ],
  ['anything-but with a number', { price: [{ 'anything-but': [100, 500] }] }, { price: number('101') }, true],
  [
    'anything-but with a number, excluded',
    { price: [{ 'anything-but': [100] }] },
    { price: number('100') },
    false,
  ],
  ['anything-but or absent, absent', { a: [{ 'anything-but': ['x'] }, { exists: false }] }, {}, true],
  ['prefix', { interests: [{ prefix: 'bas' }] }, { interests: text('baseball') }, true],
  ['prefix, other', { interests: [{ prefix: 'bas' }] }, { interests: text('rugby') }, false],
  ['suffix', { interests: [{ suffix: 'ball' }] }, { interests: text('baseball') }, true],
  [
    'equals-ignore-case',
    { interests: [{ 'equals-ignore-case': 'tennis' }] },
    { interests: text('TENNIS') },
    true,
  ],
  ['numeric literal', { price: [100] }, { price: number('100.0') }, true],
  ['numeric literal against text', { price: [100] }, { price: text('100') }, false],
  ['numeric =', { price: [{ numeric: ['=', 301.5] }] }, { price: number('3.015e2') }, true],
  ['numeric range, inside', { price: [{ numeric: ['>', 0, '<=', 150] }] }, { price: number('150') }, true],
  ['numeric range, outside', { price: [{ numeric: ['>', 0, '<=', 150] }] }, { price: number('0') }, false],
  ['exists', { store: [{ exists: true }] }, { store: text('x') }, true],
  ['exists, absent', { store: [{ exists: true }] }, {}, false],
  [
    'exists, binary',
    { store: [{ exists: true }] },
    { store: { DataType: 'Binary', BinaryValue: 'AA==' } },
    true,
  ],
  ['exists not', { store: [{ exists: false }] }, {}, true],
  ['exists not, present', { store: [{ exists: false }] }, { store: text('x') }, false],
  [
    '$or, first',
    { source: ['aws'], $or: [{ name: ['CPU'] }, { space: ['EC2'] }] },
    { source: text('aws'), name: text('CPU') },
    true,
  ],
  [
    '$or, second',
    { source: ['aws'], $or: [{ name: ['CPU'] }, { space: ['EC2'] }] },
    { source: text('aws'), space: text('EC2') },
    true,
  ],
  [
    '$or, neither',
    { source: ['aws'], $or: [{ name: ['CPU'] }, { space: ['EC2'] }] },
    { source: text('aws') },
    false,
  ],
  ['$or with one alternative is a name', { $or: ['x', 'y'] }, { $or: text('x') }, true],
  ['an empty policy', {}, {}, true],
])('%s', (_, policy, attributes, expected) => {
  expect(accepts(policy, attributes as MessageAttributes)).toBe(expected);
});

test('a policy on the body looks into its JSON, and no other body fits', () => {
  const fits = compileFilterPolicy('{"data":{"user":{"plan":["pro"]}}}', 'MessageBody');
  expect(fits('{"data":{"user":{"plan":"pro"}}}', {})).toBe(true);
  expect(fits('{"data":{"users":[{"plan":"pro"}]}}', {})).toBe(false);
  expect(fits('pro', {})).toBe(false);
});

const values = (count: number) => Array.from({ length: count }, (_, index) => `v${index}`);

test('150 combinations and 5 keys are allowed', () => {
  expect(accepts({ a: values(15), b: values(10) }, { a: text('v14'), b: text('v9') })).toBe(true);
  expect(accepts({ a: ['1'], b: ['1'], c: ['1'], d: ['1'], e: ['1'] }, {})).toBe(false);
});

test.each([
  ['151 combinations', JSON.stringify({ a: values(151) }), /at most 150 combinations/],
  [
    'combinations of an $or',
    JSON.stringify({ a: values(50), $or: [{ b: values(2) }, { c: values(2) }] }),
    /has 200/,
  ],
  ['6 keys', '{"a":["1"],"b":["1"],"c":["1"],"d":["1"],"e":["1"],"f":["1"]}', /at most 5 keys/],
  ['a nested policy on attributes', '{"a":{"b":["c"]}}', /only MessageBody/],
  ['text that is no JSON', '{a}', /is a JSON object/],
  ['a list', '[]', /is a JSON object/],
  ['an unknown operator', '{"a":[{"cidr":"10.0.0.0/24"}]}', /is not one of/],
])('rejects %s', (_, json, words) => {
  expect(() => compileFilterPolicy(json, 'MessageAttributes')).toThrow(words);
});
