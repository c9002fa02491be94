import { Alarm } from '../../../local/cloudwatch/alarm';
import { MetricSeries } from '../../../local/cloudwatch/metric-series';
import { aDefinition, statisticNamed } from '../../local/cloudwatch/helpers/an-alarm';
import { type AlarmOfTemplate, alarmsOf } from '../helpers/alarms';
import { INVITATIONS, synthesize } from '../helpers/synthesize';

const MINUTE = 60_000;
const START = 100;
const OF_A_FUNCTION = /-(errors|throttles|duration)$/;
const stacks = synthesize({ invitations: INVITATIONS });
const all = alarmsOf(stacks);
const alarms = all.filter(
  ({ name, properties }) => OF_A_FUNCTION.test(name) && properties.Namespace === 'AWS/Lambda',
);

/** How often an alarm goes off, evaluated each minute, when its metric has bad values in these minutes. */
function mailsOf({ properties }: AlarmOfTemplate, bad: number[], well: number[] = []): number {
  const threshold = Number(properties.Threshold);
  const values = [...bad.map((minute) => [minute, threshold]), ...well.map((minute) => [minute, 0])];
  return mailsOfValues({ properties }, values as [number, number][]);
}

function mailsOfValues(
  { properties }: Pick<AlarmOfTemplate, 'properties'>,
  values: [number, number][],
): number {
  let now = 0;
  const series = new MetricSeries(() => now);
  const alarm = new Alarm(definitionOf(properties), series, now);
  const minutes = Array.from({ length: START + 240 }, (_, minute) => minute);
  return minutes.filter((minute) => {
    now = minute * MINUTE;
    for (const [at, value] of values) if (at === minute - START) series.add(value);
    return alarm.evaluate(now + MINUTE, now)?.state === 'ALARM';
  }).length;
}

const definitionOf = (properties: AlarmOfTemplate['properties']) =>
  aDefinition({
    threshold: Number(properties.Threshold),
    periodSeconds: Number(properties.Period),
    evaluationPeriods: Number(properties.EvaluationPeriods),
    datapointsToAlarm: Number(properties.DatapointsToAlarm),
    statistic: statisticNamed(String(properties.Statistic)),
  });

describe.each(alarms.map((alarm) => [alarm.name, alarm] as const))('%s', (_, alarm) => {
  test('says nothing of one or two accidents', () => {
    expect(mailsOf(alarm, [0])).toBe(0);
    expect(mailsOf(alarm, [0, 2], [4, 20])).toBe(0);
  });

  // A dead function's message is back after two minutes, four times.
  test.each([
    ['nothing comes after it', []],
    ['it heals', [10]],
    ['somebody signs up now and then', [10, 25, 33, 60, 95]],
    ['somebody signs up all the time', Array.from({ length: 200 }, (__, minute) => 10 + minute)],
  ])('makes one mail of one bad message, when %s', (__, well) => {
    expect(mailsOf(alarm, [0, 2, 4, 6, 8], well)).toBe(1);
  });

  test('makes one mail of an hour in which everybody fails who signs up every quarter of it', () => {
    const bad = [0, 15, 30, 45].flatMap((minute) => [0, 2, 4, 6, 8].map((later) => minute + later));
    expect(mailsOf(alarm, bad)).toBe(1);
  });
});

test('all functions are among them', () => {
  expect(alarms.length).toBe(3 * stacks.all('AWS::Lambda::Function').length);
});

// Three events that three systems refuse, the last system a minute later.
test('events that are refused together make one mail', () => {
  const refused = all.filter(({ name }) => name.endsWith('-signature-rejections'));
  expect(
    refused.map((alarm) =>
      mailsOfValues(alarm, [
        [0, 8],
        [1, 1],
      ]),
    ),
  ).toEqual([1]);
});
