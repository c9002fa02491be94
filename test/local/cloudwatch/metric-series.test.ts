import { MetricSeries } from '../../../local/cloudwatch/metric-series';
import { MetricStore } from '../../../local/cloudwatch/metric-store';
import { readStatistic } from '../../../local/cloudwatch/statistic';
import { statisticNamed } from './helpers/an-alarm';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** On the minute. */
const START = Date.parse('2026-11-20T10:00:00Z');

let now: number;
let series: MetricSeries;
beforeEach(() => {
  now = START;
  series = new MetricSeries(() => now);
});

const over = (name: string, minutes: number) => {
  const measured = series.between(START, START + minutes * MINUTE);
  return measured && statisticNamed(name).of(measured);
};

test.each([
  ['SampleCount', 4],
  ['Sum', 10],
  ['Average', 2.5],
  ['Minimum', 1],
  ['Maximum', 4],
])('%s is taken over the minutes of a period', (name, expected) => {
  [1, 2, 3, 4].forEach((value, minute) => {
    series.add(value, START + minute * MINUTE);
  });
  expect(over(name, 5)).toBe(expected);
});

test('a period ends just before the next one begins', () => {
  series.add(1, START + MINUTE - 1);
  series.add(5, START + MINUTE);
  expect(over('Maximum', 1)).toBe(1);
});

test('a period in which nothing was measured has no datapoint', () => {
  series.add(1, START - 1);
  expect(over('Sum', 5)).toBeUndefined();
});

test.each([
  ['p50', 50],
  ['p99', 99],
  ['p99.9', 100],
  ['p100', 100],
])('%s is the value that so many of 100 do not exceed', (name, expected) => {
  series.keepsValues = true;
  for (let value = 100; value >= 1; value -= 1) series.add(value, START + (value % 3) * MINUTE);
  expect(over(name, 3)).toBe(expected);
});

test.each(['TM99', 'p101', 'p', 'IQM', 'maximum', 'toString', ''])('rejects the statistic "%s"', (name) => {
  expect(readStatistic(name)).toBeUndefined();
});

test('a million values of a minute take the room of a few hundred, and their percentile is near enough', () => {
  series.keepsValues = true;
  for (let index = 0; index < 1_000_000; index += 1) series.add(index % 1000);
  const measured = series.between(START, START + MINUTE);
  expect(measured?.values.length).toBeLessThanOrEqual(200);
  expect(measured?.count).toBe(1_000_000);
  const middle = over('p50', 1) ?? 0;
  expect(middle).toBeGreaterThan(250);
  expect(middle).toBeLessThan(750);
});

test('values are only kept where a percentile is asked for', () => {
  series.add(1);
  expect(series.between(START, START + MINUTE)?.values).toEqual([]);
});

test('what nobody looks back at is forgotten', () => {
  for (let minute = 0; minute < 10_000; minute += 1) {
    now = START + minute * MINUTE;
    series.add(1);
  }
  expect(series.size).toBeLessThanOrEqual(3 * 60 + 1);
  expect(series.between(now - 2 * HOUR, now)?.count).toBe(120);
});

test('what an alarm looks back at is kept for as long', () => {
  series.keepFor(26 * HOUR);
  series.add(1);
  now = START + 26 * HOUR;
  series.add(1);
  expect(series.between(START, now + MINUTE)?.count).toBe(2);
});

test.each([
  ['of long ago', -4 * HOUR],
  ['of far ahead', 3 * HOUR],
])('what says to be %s is left out', (_, offset) => {
  series.add(1, START + offset);
  expect(series.size).toBe(0);
});

describe('the store', () => {
  const metric = {
    namespace: 'Punctual',
    name: 'Retried',
    dimensions: { System: 'crm', Environment: 'dev' },
  };

  test('a metric is the same in whatever order its dimensions come', () => {
    const store = new MetricStore(() => now);
    const other = { ...metric, dimensions: { Environment: 'dev', System: 'crm' } };
    expect(store.of(other)).toBe(store.of(metric));
  });

  test.each([
    [{ ...metric, namespace: 'Other' }],
    [{ ...metric, name: 'Other' }],
    [{ ...metric, dimensions: { System: 'crm' } }],
    [{ ...metric, dimensions: { System: 'tickets', Environment: 'dev' } }],
  ])('another one is %j', (other) => {
    const store = new MetricStore(() => now);
    expect(store.of(other)).not.toBe(store.of(metric));
  });

  test('dimensions that somebody makes up do not fill the memory', () => {
    const store = new MetricStore(() => now);
    for (let index = 0; index < 20_000; index += 1) {
      store.of({ ...metric, dimensions: { System: `made-up-${index}` } }).add(1);
    }
    expect(store.size).toBeLessThanOrEqual(5_000);
  });
});
