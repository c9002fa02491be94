import {
  type AlarmHistoryItem,
  CloudWatchClient,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  type MetricAlarm,
} from '@aws-sdk/client-cloudwatch';
import type { AlarmKindName } from '../../lib/monitoring/alarm-kinds';
import type { LocalRun } from './local-run';

/** The alarms of a run, asked as an operator asks CloudWatch. */
export interface AlarmsOfRun {
  list(): Promise<MetricAlarm[]>;
  /** States that alarms of a kind came into, of all systems, the latest first. */
  statesOf(kind: AlarmKindName): Promise<string[]>;
  /** Kind by the names of the alarms. */
  kindOf(alarmName: string): string;
}

export function alarmsOf(run: LocalRun, stackName: string, systems: readonly string[]): AlarmsOfRun {
  const client = new CloudWatchClient({
    endpoint: run.local.AwsEndpoint,
    region: run.local.Region,
    credentials: { accessKeyId: 'operator', secretAccessKey: 'operator' },
  });
  const kindOf = (name: string) => {
    const [system, ...rest] = name.slice(stackName.length + 1).split('-');
    const words = system !== undefined && systems.includes(system) ? rest : [system, ...rest];
    return words.join('-').replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  };
  return {
    kindOf,
    async list() {
      const { MetricAlarms = [] } = await client.send(new DescribeAlarmsCommand({ MaxRecords: 100 }));
      return MetricAlarms;
    },
    async statesOf(kind) {
      const changes = (await historyOf(client)).filter(({ AlarmName = '' }) => kindOf(AlarmName) === kind);
      return changes.map(({ HistorySummary = '' }) => HistorySummary.split(' ').at(-1) ?? '');
    },
  };
}

async function historyOf(client: CloudWatchClient): Promise<AlarmHistoryItem[]> {
  const items: AlarmHistoryItem[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(new DescribeAlarmHistoryCommand({ MaxRecords: 100, NextToken }));
    items.push(...(page.AlarmHistoryItems ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return items;
}
