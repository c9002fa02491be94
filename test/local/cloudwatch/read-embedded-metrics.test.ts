import { createMetrics } from '../../../lambdas/runtime/metrics';
import { readEmbeddedMetrics } from '../../../local/cloudwatch/read-embedded-metrics';

const AT = Date.parse('2026-11-20T10:00:00Z');

/** A line as the specification would have it, with other fields on top. */
function aLine(fields: object = {}, directive: object = {}): string {
  const first = {
    Namespace: 'Punctual',
    Dimensions: [['Environment', 'System']],
    Metrics: [{ Name: 'Retried', Unit: 'Count' }],
    ...directive,
  };
  const _aws = { Timestamp: AT, CloudWatchMetrics: [first] };
  return JSON.stringify({ _aws, Environment: 'dev', System: 'crm', Retried: 1, ...fields });
}

const RETRIED = {
  metric: { namespace: 'Punctual', name: 'Retried', dimensions: { Environment: 'dev', System: 'crm' } },
  value: 1,
  at: AT,
};

test('what a function measures is read as it was written', () => {
  const lines: string[] = [];
  createMetrics(
    (line) => void lines.push(line),
    () => AT,
    'dev',
  )('crm', [{ name: 'Retried', value: 1, unit: 'Count' }]);
  expect(lines.flatMap(readEmbeddedMetrics)).toEqual([RETRIED]);
});

test('each set of dimensions makes a metric of its own, the empty one too', () => {
  const line = aLine({}, { Dimensions: [['Environment'], ['Environment', 'System'], []] });
  expect(readEmbeddedMetrics(line).map(({ metric }) => metric.dimensions)).toEqual([
    { Environment: 'dev' },
    { Environment: 'dev', System: 'crm' },
    {},
  ]);
});

test('a list of values is as many measurements', () => {
  expect(readEmbeddedMetrics(aLine({ Retried: [1, 2, 3] })).map(({ value }) => value)).toEqual([1, 2, 3]);
});

test('of several metrics the bad one is left out alone', () => {
  const metrics = [{ Name: 'Retried' }, { Name: 'Missing' }, { Name: 'Text' }, {}, null, { Name: 7 }];
  expect(readEmbeddedMetrics(aLine({ Text: 'x' }, { Metrics: metrics }))).toEqual([RETRIED]);
});

test.each([
  ['a line of another kind', 'hello "_aws"'],
  ['JSON that is no object', '["_aws"]'],
  ['broken JSON', '{"_aws":'],
  ['metadata that is no object', '{"_aws":7}'],
  ['metadata without directives', '{"_aws":{"Timestamp":1}}'],
  ['a time that is none', aLine().replace(String(AT), '"now"')],
  ['a time beyond all numbers', aLine().replace(String(AT), '1e999')],
  ['a namespace of AWS', aLine({}, { Namespace: 'AWS/SQS' })],
  ['no namespace', aLine({}, { Namespace: '' })],
  ['a namespace that is no text', aLine({}, { Namespace: ['Punctual'] })],
  ['dimensions that are no lists', aLine({}, { Dimensions: 'Environment' })],
  ['a set of dimensions that is no list', aLine({}, { Dimensions: ['Environment'] })],
  ['a dimension without a value', aLine({}, { Dimensions: [['Nothing']] })],
  ['a dimension that is a number', aLine({ System: 1 })],
  ['a dimension of endless text', aLine({ System: 'x'.repeat(256) })],
  ['more dimensions than CloudWatch takes', aLine({}, { Dimensions: [Array(31).fill('System')] })],
  ['a dimension inherited from all objects', aLine({}, { Dimensions: [['constructor']] })],
  ['a metric inherited from all objects', aLine({}, { Metrics: [{ Name: '__proto__' }] })],
  ['a value that is a text', aLine({ Retried: '1' })],
  ['a value beyond all numbers', aLine().replace('"Retried":1', '"Retried":1e999')],
  ['a value beyond those of CloudWatch', aLine({ Retried: 1e300 })],
  ['a line of endless length', aLine({ more: 'x'.repeat(300_000) })],
])('rejects %s', (_, line) => {
  expect(readEmbeddedMetrics(line)).toEqual([]);
});

test('a list of endless values is cut off where CloudWatch does', () => {
  expect(readEmbeddedMetrics(aLine({ Retried: Array(1_000).fill(1) }))).toHaveLength(100);
});
