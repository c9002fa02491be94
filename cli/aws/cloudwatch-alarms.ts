import { CloudWatchClient, type MetricAlarm, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import type { AlarmSummary, Alarms } from './alarms';
import { type AwsContext, withClock } from './client';
import { asking } from './explain-aws-error';

export function createCloudwatchAlarms({ config, clock }: AwsContext): Alarms {
  const client = withClock(new CloudWatchClient(config), clock);
  return { telling: (topicArn) => asking('cloudwatch:DescribeAlarms', alarmsTelling(client, topicArn)) };
}

async function alarmsTelling(client: CloudWatchClient, ActionPrefix: string): Promise<AlarmSummary[]> {
  const alarms: AlarmSummary[] = [];
  for await (const { MetricAlarms = [] } of paginateDescribeAlarms({ client }, { ActionPrefix })) {
    alarms.push(...MetricAlarms.map(summarize));
  }
  return alarms;
}

function summarize({ AlarmName = '', StateValue, ActionsEnabled = true }: MetricAlarm): AlarmSummary {
  return { name: AlarmName, state: StateValue ?? '', isOn: ActionsEnabled };
}
