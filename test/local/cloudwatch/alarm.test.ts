import { Alarm } from '../../../local/cloudwatch/alarm';
import type { AlarmDefinition } from '../../../local/cloudwatch/alarm-definition';
import { AlarmRegistry } from '../../../local/cloudwatch/alarm-registry';
import { describeAlarm, renderChange } from '../../../local/cloudwatch/describe-alarm';
import { MetricSeries } from '../../../local/cloudwatch/metric-series';
import { MetricStore } from '../../../local/cloudwatch/metric-store';
import { aDefinition, statisticNamed } from './helpers/an-alarm';

const MINUTE = 60_000;
const START = Date.parse('2026-11-20T10:00:00Z');
const at = (minute: number) => START + minute * MINUTE;

/** The states after each of so many minutes, of an alarm whose metric had these values by minute. */
function statesOver(
  minutes: number,
  values: Record<number, number>,
  fields: Partial<AlarmDefinition>,
): string[] {
  let now = START;
  const series = new MetricSeries(() => now);
  const alarm = new Alarm(aDefinition(fields), series, now);
  return Array.from({ length: minutes }, (_, minute) => {
    now = at(minute);
    const value = values[minute];
    if (value !== undefined) series.add(value);
    alarm.evaluate(at(minute + 1), now);
    return alarm.status.state;
  });
}

const count = (states: string[], wanted: string) => states.filter((state) => state === wanted).length;

test('a period of five minutes is looked at each minute anew', () => {
  const values = Object.fromEntries(
    Array.from({ length: 20 }, (_, minute) => [minute, Number(minute === 7)]),
  );
  const states = statesOver(20, values, { periodSeconds: 300 });
  expect(states.indexOf('ALARM')).toBe(7);
  expect(count(states, 'ALARM')).toBe(5);
});

test('M of N periods must be bad', () => {
  const rules = { periodSeconds: 60, evaluationPeriods: 3, datapointsToAlarm: 2 };
  const calm = { 0: 0, 1: 1, 2: 0, 3: 0, 4: 0, 5: 0 };
  expect(statesOver(6, calm, rules)).not.toContain('ALARM');
  expect(statesOver(6, { ...calm, 3: 1 }, rules)).toEqual(['OK', 'OK', 'OK', 'ALARM', 'OK', 'OK']);
});

test('silence alarms where it is bad, and not before it is long enough', () => {
  const rules: Partial<AlarmDefinition> = {
    ...{ comparison: 'LessThanThreshold', missingData: 'breaching', statistic: statisticNamed('Sum') },
    ...{ periodSeconds: 60, evaluationPeriods: 10, datapointsToAlarm: 10 },
  };
  const states = statesOver(30, { 0: 1 }, rules);
  expect(states[0]).toBe('OK');
  expect(states.indexOf('ALARM')).toBe(12);
});

test('a percentile is one of the values, also over several minutes', () => {
  const values = { 0: 10, 1: 1_200, 2: 20, 3: 30 };
  const rules = { statistic: statisticNamed('p99'), threshold: 1_000 };
  expect(statesOver(2, values, rules)).toEqual(['OK', 'ALARM']);
  expect(statesOver(2, values, { ...rules, statistic: statisticNamed('p50') })).toEqual(['OK', 'OK']);
});

describe('the alarms of a run', () => {
  let now: number;
  let metrics: MetricStore;
  let alarms: AlarmRegistry;
  const definition = aDefinition({ periodSeconds: 60 });
  beforeEach(() => {
    now = START;
    metrics = new MetricStore(() => now);
    alarms = new AlarmRegistry(metrics, () => now);
    alarms.add(definition);
  });

  test('begin unchecked, and tell of each change once', () => {
    const seen: string[] = [];
    alarms.onChange(({ before, state }) => void seen.push(`${before} -> ${state}`));
    expect(alarms.list()).toMatchObject([{ state: 'INSUFFICIENT_DATA', since: START }]);
    for (const value of [0, 7, 7, 0]) {
      metrics.of(definition.metric).add(value);
      now += MINUTE;
      alarms.evaluate(now);
    }
    expect(seen).toEqual(['INSUFFICIENT_DATA -> OK', 'OK -> ALARM', 'ALARM -> OK']);
    expect(alarms.history().map(({ state }) => state)).toEqual(['OK', 'ALARM', 'OK']);
    expect(alarms.list()).toMatchObject([{ state: 'OK', since: at(4) }]);
  });

  test('remember no more than their latest changes', () => {
    for (let index = 0; index < 3_000; index += 1) {
      metrics.of(definition.metric).add(index % 2);
      now += MINUTE;
      alarms.evaluate(now);
    }
    expect(alarms.history()).toHaveLength(1_000);
  });

  test('rejects a second alarm of a name', () => {
    expect(() => alarms.add(definition)).toThrow('There are two alarms');
  });
});

describe('an alarm in words', () => {
  const definition = aDefinition();
  const status = { definition, state: 'ALARM', reason: 'Threshold Crossed: …', since: START } as const;

  test('says where to read on', () => {
    expect(describeAlarm(status)).toEqual({
      name: definition.name,
      state: 'ALARM',
      since: '2026-11-20T10:00:00.000Z',
      reason: status.reason,
      runbook: 'docs/runbook.md#system-queue-messages-wait-too-long',
    });
  });

  test('is two lines of a terminal when it goes off, one when it is well again, none otherwise', () => {
    expect(renderChange({ ...status, before: 'OK' })).toEqual([
      'ALARM  Stack-crm-system-queue-behind',
      '       docs/runbook.md#system-queue-messages-wait-too-long',
    ]);
    expect(renderChange({ ...status, state: 'OK', before: 'ALARM' })).toEqual([
      'OK     Stack-crm-system-queue-behind',
    ]);
    expect(renderChange({ ...status, state: 'OK', before: 'INSUFFICIENT_DATA' })).toEqual([]);
    expect(renderChange({ ...status, state: 'INSUFFICIENT_DATA', before: 'OK' })).toEqual([]);
  });

  test('holds nothing that a terminal would obey, and no line that it would break', () => {
    const hostile = aDefinition({
      name: `${'long-'.repeat(40)}\u001b[2J`,
      description: 'Runbook: docs/\u001b[31mrunbook.md',
    });
    const lines = renderChange({ ...status, definition: hostile, before: 'OK' });
    expect(lines[1]).toBe('       docs/?[31mrunbook.md');
    expect(lines.join('')).toMatch(/^[\x20-\x7e]*$/);
    expect(lines[0]?.length).toBeLessThan(80);
  });
});
