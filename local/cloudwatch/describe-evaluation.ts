import { type AlarmRules, type AlarmState, COMPARISONS, type Comparison } from './alarm-definition';

/** What was measured in one period; undefined when nothing was. */
export type Datapoint = number | undefined;

const WORDS: Readonly<Record<Comparison, string>> = {
  GreaterThanOrEqualToThreshold: 'greater than or equal to',
  GreaterThanThreshold: 'greater than',
  LessThanThreshold: 'less than',
  LessThanOrEqualToThreshold: 'less than or equal to',
};

/** The reason of a state as CloudWatch words it, from the datapoints that were evaluated, oldest first. */
export function describeEvaluation(
  rules: AlarmRules,
  known: readonly number[],
  before: AlarmState,
  state: AlarmState,
): string {
  const { evaluationPeriods } = rules;
  const missing = evaluationPeriods - known.length;
  if (state === 'INSUFFICIENT_DATA') return `Insufficient Data: ${plural(missing, 'datapoint')} unknown.`;
  if (known.length === 0) return `Threshold Crossed: ${noneReceived(rules, missing)}.`;
  const filled = missing > 0 ? ` ${describeFill(rules, missing)}.` : '';
  return `Threshold Crossed: ${describeKnown(rules, known, state)} ${minimum(rules, before, state)}.${filled}`;
}

function describeKnown(rules: AlarmRules, known: readonly number[], state: AlarmState): string {
  const { comparison, threshold } = rules;
  const breaching = known.filter((value) => COMPARISONS[comparison](value, threshold)).length;
  const count = state === 'ALARM' ? breaching : known.length - breaching;
  const was = `${count === 1 ? 'was' : 'were'}${state === 'ALARM' ? '' : ' not'}`;
  const shown = known.map(round).join(', ');
  return `${count} out of the last ${plural(known.length, 'datapoint')} [${shown}] ${was} ${WORDS[comparison]} the threshold (${round(threshold)})`;
}

function minimum({ datapointsToAlarm }: AlarmRules, before: AlarmState, state: AlarmState): string {
  return `(minimum ${plural(datapointsToAlarm, 'datapoint')} for ${before} -> ${state} transition)`;
}

function noneReceived(rules: AlarmRules, missing: number): string {
  return `no datapoints were received for ${plural(missing, 'period')} and ${describeFill(rules, missing)}`;
}

function describeFill({ missingData }: AlarmRules, missing: number): string {
  const were = missing === 1 ? 'was' : 'were';
  const kind = {
    breaching: 'Breaching',
    notBreaching: 'NonBreaching',
    missing: 'Missing',
    ignore: 'Ignored',
  };
  return `${missing} missing datapoint${missing === 1 ? '' : 's'} ${were} treated as [${kind[missingData]}]`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Enough to compare, and no row of nines. */
function round(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}
