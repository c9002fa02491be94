import { CloudWatchClient, type MetricAlarm, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import type { AlarmSummary, Alarms } from './alarms';
import { type AwsContext, withClock } from './client';
import { asking } from './explain-aws-error';

export function createCloudwatchAlarms({ config, clock }: AwsContext): Alarms {
  const client = withClock(new CloudWatchClient(config), clock);
  return {
    async telling(topicArn, stackName) {
      // Names of its alarms begin so; of its actions CloudWatch compares only how they begin.
      const alarms = await asking('cloudwatch:DescribeAlarms', alarmsNamed(client, `${stackName}-`));
      return alarms.filter(({ AlarmActions = [] }) => AlarmActions.includes(topicArn)).map(summarize);
    },
  };
}

async function alarmsNamed(client: CloudWatchClient, AlarmNamePrefix: string): Promise<MetricAlarm[]> {
  const alarms: MetricAlarm[] = [];
  for await (const { MetricAlarms = [] } of paginateDescribeAlarms({ client }, { AlarmNamePrefix })) {
    alarms.push(...MetricAlarms);
  }
  return alarms;
}

function summarize({ AlarmName = '', StateValue, ActionsEnabled = true }: MetricAlarm): AlarmSummary {
  return { name: AlarmName, state: StateValue ?? '', isOn: ActionsEnabled };
}
