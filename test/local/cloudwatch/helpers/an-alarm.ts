import type { AlarmDefinition, AlarmRules } from '../../../../local/cloudwatch/alarm-definition';
import { readStatistic, type Statistic } from '../../../../local/cloudwatch/statistic';

/** One bad datapoint of one, as most alarms are. */
export const RULES: AlarmRules = {
  comparison: 'GreaterThanOrEqualToThreshold',
  threshold: 1,
  evaluationPeriods: 1,
  datapointsToAlarm: 1,
  missingData: 'notBreaching',
};

export function aDefinition(fields: Partial<AlarmDefinition> = {}): AlarmDefinition {
  return {
    ...RULES,
    name: 'Stack-crm-system-queue-behind',
    arn: 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:Stack-crm-system-queue-behind',
    description: '[critical] It waits.\nRunbook: docs/runbook.md#system-queue-messages-wait-too-long',
    metric: { namespace: 'AWS/SQS', name: 'Age', dimensions: { QueueName: 'crm' } },
    statistic: statisticNamed('Maximum'),
    periodSeconds: 300,
    actionsEnabled: true,
    actions: { ALARM: ['arn:aws:sns:us-east-1:000000000000:Alarms'], OK: [], INSUFFICIENT_DATA: [] },
    ...fields,
  };
}

export function statisticNamed(name: string): Statistic {
  const statistic = readStatistic(name);
  if (!statistic) throw new Error(`${name} is no statistic`);
  return statistic;
}
