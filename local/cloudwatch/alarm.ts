import type { AlarmDefinition, AlarmState } from './alarm-definition';
import { type Evaluation, EXTRA_PERIODS, evaluateAlarm } from './evaluate-alarm';
import type { MetricSeries } from './metric-series';
import { MINUTE_MS } from './minute-ticker';

/** One alarm and the state it is in. */
export interface AlarmStatus {
  readonly definition: AlarmDefinition;
  readonly state: AlarmState;
  readonly reason: string;
  /** Virtual epoch ms at which it came into this state. */
  readonly since: number;
}

export interface AlarmChange extends AlarmStatus {
  readonly before: AlarmState;
}

/** An alarm begins without data, as on AWS, and is told when to look. */
export class Alarm {
  private current: AlarmStatus;

  constructor(
    readonly definition: AlarmDefinition,
    private readonly series: MetricSeries,
    now: number,
  ) {
    const { evaluationPeriods, periodSeconds } = definition;
    // The first period of the range begins as long ago, and the minute that is being measured comes on top.
    series.keepFor((evaluationPeriods + EXTRA_PERIODS) * periodSeconds * 1000 + 2 * MINUTE_MS);
    if (definition.statistic.isPercentile) series.keepsValues = true;
    const reason = 'Unchecked: Initial alarm creation';
    this.current = { definition, state: 'INSUFFICIENT_DATA', reason, since: now };
  }

  get status(): AlarmStatus {
    return this.current;
  }

  /** @param end virtual epoch ms of the full minute up to which everything was measured */
  evaluate(end: number, now: number): AlarmChange | undefined {
    const { definition, current } = this;
    const evaluation = evaluateAlarm(definition, this.datapoints(end), current.state);
    if (!evaluation || evaluation.state === current.state) return undefined;
    return this.change(evaluation, now);
  }

  private change({ state, reason }: Evaluation, now: number): AlarmChange {
    const before = this.current.state;
    this.current = { definition: this.definition, state, reason, since: now };
    return { ...this.current, before };
  }

  /**
   * Of the evaluation range, oldest first. Its periods end with the minute of the evaluation and not on the hour or
   * its parts, so that a period of five minutes is looked at each minute anew, as by CloudWatch.
   */
  private datapoints(end: number): (number | undefined)[] {
    const { evaluationPeriods, periodSeconds, statistic } = this.definition;
    const periodMs = periodSeconds * 1000;
    return Array.from({ length: evaluationPeriods + EXTRA_PERIODS }, (_, index) => {
      const until = end - (evaluationPeriods + EXTRA_PERIODS - 1 - index) * periodMs;
      const measured = this.series.between(until - periodMs, until);
      return measured && statistic.of(measured);
    });
  }
}
