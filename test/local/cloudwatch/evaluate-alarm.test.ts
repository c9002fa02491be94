import type { AlarmState, MissingData } from '../../../local/cloudwatch/alarm-definition';
import { evaluateAlarm } from '../../../local/cloudwatch/evaluate-alarm';
import { RULES } from './helpers/an-alarm';

/** `X` breaches, `0` does not, `-` is missing; the most recent comes last. */
function datapoints(picture: string): (number | undefined)[] {
  return picture.split(' ').map((mark) => (mark === '-' ? undefined : mark === 'X' ? 5 : 0));
}

function stateAfter(
  picture: string,
  datapointsToAlarm: number,
  missingData: MissingData,
  current: AlarmState,
) {
  const rules = { ...RULES, evaluationPeriods: 3, datapointsToAlarm, missingData };
  return evaluateAlarm(rules, datapoints(picture), current)?.state;
}

const STAYS = undefined;

describe('the states that AWS documents for a range of 5 and 3 evaluation periods', () => {
  const treatments = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;

  test.each([
    ['0 - X - X', ['OK', 'OK', 'OK', 'OK']],
    ['- - - - 0', ['OK', 'OK', 'OK', 'OK']],
    ['- - - - -', ['INSUFFICIENT_DATA', STAYS, 'ALARM', 'OK']],
    ['0 X X - X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['- - X - -', ['ALARM', STAYS, 'ALARM', 'OK']],
  ])('3 of 3 datapoints: %s', (picture, expected) => {
    expect(treatments.map((treatment) => stateAfter(picture, 3, treatment, 'OK'))).toEqual(expected);
  });

  test.each([
    ['0 - X - X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['0 0 X 0 X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['0 - X - -', ['OK', 'OK', 'ALARM', 'OK']],
    ['- - - - 0', ['OK', 'OK', 'ALARM', 'OK']],
    ['- - - X -', ['ALARM', STAYS, 'ALARM', 'OK']],
  ])('2 of 3 datapoints: %s', (picture, expected) => {
    expect(treatments.map((treatment) => stateAfter(picture, 2, treatment, 'OK'))).toEqual(expected);
  });
});

test.each(['- - - - X', '- - - X -'])('a breach that may pass alarms nobody yet: %s', (picture) => {
  expect(stateAfter(picture, 3, 'missing', 'OK')).toBe('OK');
});

test('an alarm stays on as long as its last datapoint is looked at, and clears when it is not', () => {
  const afterwards = ['- - X', '- X -', 'X - -', '- - -'].map(
    (picture) => evaluateAlarm(RULES, datapoints(picture), 'ALARM')?.state,
  );
  expect(afterwards).toEqual(['ALARM', 'ALARM', 'ALARM', 'OK']);
});

test('datapoints that are further back than needed do not count', () => {
  expect(evaluateAlarm(RULES, datapoints('X X 0'), 'ALARM')?.state).toBe('OK');
});

test.each([
  ['GreaterThanOrEqualToThreshold', [false, true, true]],
  ['GreaterThanThreshold', [false, false, true]],
  ['LessThanThreshold', [true, false, false]],
  ['LessThanOrEqualToThreshold', [true, true, false]],
] as const)('%s compares as it says', (comparison, breaching) => {
  const states = [9, 10, 11].map(
    (value) => evaluateAlarm({ ...RULES, comparison, threshold: 10 }, [value], 'OK')?.state === 'ALARM',
  );
  expect(states).toEqual(breaching);
});

test.each([
  [
    [undefined, undefined, 7.00049],
    'OK',
    'Threshold Crossed: 1 out of the last 1 datapoint [7] was greater than or equal to the threshold (1) (minimum 1 datapoint for OK -> ALARM transition).',
  ],
  [
    [undefined, undefined, 0.5],
    'ALARM',
    'Threshold Crossed: 1 out of the last 1 datapoint [0.5] was not greater than or equal to the threshold (1) (minimum 1 datapoint for ALARM -> OK transition).',
  ],
  [
    [undefined, undefined, undefined],
    'ALARM',
    'Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [NonBreaching].',
  ],
] as const)('the reason says the numbers: %j', (range, before, words) => {
  expect(evaluateAlarm(RULES, range, before)?.reason).toBe(words);
});

test('the reason says how many datapoints were filled in', () => {
  const rules = { ...RULES, evaluationPeriods: 3, datapointsToAlarm: 2, missingData: 'breaching' } as const;
  expect(evaluateAlarm(rules, datapoints('- - - - X'), 'OK')?.reason).toBe(
    'Threshold Crossed: 1 out of the last 1 datapoint [5] was greater than or equal to the threshold (1) (minimum 2 datapoints for OK -> ALARM transition). 2 missing datapoints were treated as [Breaching].',
  );
});

test('an alarm without data says so', () => {
  const rules = { ...RULES, evaluationPeriods: 3, missingData: 'missing' } as const;
  expect(evaluateAlarm(rules, datapoints('- - - - -'), 'OK')?.reason).toBe(
    'Insufficient Data: 3 datapoints unknown.',
  );
});
