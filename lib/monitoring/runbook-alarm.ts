import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { type RunbookHeading, runbookLink } from './runbook';

export interface RunbookAlarmProps {
  readonly metric: IMetric;
  /** The alarm goes off at this value and above. */
  readonly threshold: number;
  /** One sentence for the person who is woken: what happened, to what. */
  readonly words: string;
  readonly runbook: RunbookHeading;
  readonly alarmTopic: ITopic;
}

/** An alarm that tells somebody, and tells them where to read on. */
export class RunbookAlarm extends Alarm {
  constructor(scope: Construct, id: string, props: RunbookAlarmProps) {
    super(scope, id, {
      metric: props.metric,
      threshold: props.threshold,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      // SQS stops reporting for a queue that nobody has used for hours: silence is the healthy state.
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: `${props.words} See ${runbookLink(props.runbook)}`,
    });
    this.addAlarmAction(new SnsAction(props.alarmTopic));
  }
}
