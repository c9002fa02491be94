import * as z from 'zod';
import type { AlarmRegistry } from '../../cloudwatch/alarm-registry';
import { AwsError, unsupportedOperation } from '../aws-error';
import type { AwsService } from '../service';
import { historyItem, metricAlarm } from './alarm-shapes';

const COUNT = z.int().min(1).max(100);
const PAGE = { MaxRecords: COUNT.optional(), NextToken: z.string().regex(/^\d+$/).optional() };
const TYPES = z.array(z.enum(['MetricAlarm', 'CompositeAlarm']));
const STATE = z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']);

const DESCRIBE_ALARMS = z.strictObject({
  ...PAGE,
  AlarmNames: z.array(z.string()).max(100).optional(),
  AlarmNamePrefix: z.string().optional(),
  AlarmTypes: TYPES.default(['MetricAlarm']),
  StateValue: STATE.optional(),
  ActionPrefix: z.string().optional(),
});
const DESCRIBE_HISTORY = z.strictObject({
  ...PAGE,
  AlarmName: z.string().optional(),
  AlarmTypes: TYPES.default(['MetricAlarm']),
  HistoryItemType: z.enum(['ConfigurationUpdate', 'StateUpdate', 'Action']).optional(),
});

type Input = Record<string, unknown>;

/** What one can ask CloudWatch of its alarms. */
export function createCloudwatchService(alarms: AlarmRegistry): AwsService {
  const operations: Readonly<Record<string, (input: Input) => Input>> = {
    DescribeAlarms: (input) => describeAlarms(alarms, input),
    DescribeAlarmHistory: (input) => describeHistory(alarms, input),
  };
  return {
    name: 'cloudwatch',
    resourceOf: () => undefined,
    async handle(operation, input) {
      const known = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
      if (!known) throw unsupportedOperation('cloudwatch', operation);
      return { json: known(input) };
    },
    close: async () => undefined,
  };
}

function describeAlarms(alarms: AlarmRegistry, input: Input): Input {
  const asked = read(DESCRIBE_ALARMS, input);
  const wanted = alarms.list().filter(({ definition, state }) => {
    const { name, actions } = definition;
    return (
      asked.AlarmTypes.includes('MetricAlarm') &&
      (asked.AlarmNames?.includes(name) ?? true) &&
      name.startsWith(asked.AlarmNamePrefix ?? '') &&
      (asked.StateValue ?? state) === state &&
      Object.values(actions).some((arns) => startsAny(arns, asked.ActionPrefix))
    );
  });
  const { page, NextToken } = paged(wanted, asked);
  return { MetricAlarms: page.map(metricAlarm), CompositeAlarms: [], ...NextToken };
}

function startsAny(arns: readonly string[], prefix: string | undefined): boolean {
  return prefix === undefined || arns.some((arn) => arn.startsWith(prefix));
}

function describeHistory(alarms: AlarmRegistry, input: Input): Input {
  const asked = read(DESCRIBE_HISTORY, input);
  const isAsked = (asked.HistoryItemType ?? 'StateUpdate') === 'StateUpdate';
  const changes = isAsked && asked.AlarmTypes.includes('MetricAlarm') ? alarms.history() : [];
  const wanted = changes.filter(({ definition }) => (asked.AlarmName ?? definition.name) === definition.name);
  const { page, NextToken } = paged(wanted, asked);
  return { AlarmHistoryItems: page.map(historyItem), ...NextToken };
}

function paged<T>(
  all: readonly T[],
  { MaxRecords = 50, NextToken = '0' }: { MaxRecords?: number | undefined; NextToken?: string | undefined },
): { page: readonly T[]; NextToken: { NextToken?: string } } {
  const end = Number(NextToken) + MaxRecords;
  return {
    page: all.slice(Number(NextToken), end),
    NextToken: end < all.length ? { NextToken: String(end) } : {},
  };
}

function read<Schema extends z.ZodType>(schema: Schema, input: Input): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new AwsError('ValidationError', z.prettifyError(result.error).replaceAll('\n', ' '));
}
