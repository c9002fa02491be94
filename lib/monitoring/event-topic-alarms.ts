import { Duration } from 'aws-cdk-lib';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { StageProps } from '../stage-props';
import { RunbookAlarm, UNTIL_QUIET } from './runbook-alarm';

export interface EventTopicAlarmsProps extends StageProps {
  readonly topic: Topic;
}

/** What SNS says of the events that it could not deliver. */
export function addEventTopicAlarms(scope: Construct, props: EventTopicAlarmsProps): void {
  const { topic } = props;
  const period = Duration.minutes(5);
  // SNS counts a delivery when it has given it up, so there is no such thing as a failure that heals by itself.
  const shared = { ...props, threshold: 1, evaluation: UNTIL_QUIET, subjects: { topic } };
  new RunbookAlarm(scope, 'Failures', {
    ...shared,
    kind: 'eventTopicFailures',
    metric: topic.metricNumberOfNotificationsFailed({ statistic: 'Sum', period }),
    words:
      'The event topic gave up delivering an event to a queue, so some system does not hear of a person.',
  });
  new RunbookAlarm(scope, 'Losses', {
    ...shared,
    kind: 'eventTopicLosses',
    metric: topic.metric('NumberOfNotificationsFailedToRedriveToDlq', { statistic: 'Sum', period }),
    words: 'An event is lost: neither a queue nor the dead-letter queue of the event topic took it.',
  });
}
