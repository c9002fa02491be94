import { checkAccessLogFormat } from '../api-gateway/access-log';
import type { ThrottleDefinition } from '../api-gateway/definitions';
import { refuseResource } from '../api-gateway/read-properties';
import type { LocalRun } from '../local-run';
import type { ResolvedResource } from './resource-type';

interface ThrottleSettings {
  readonly ThrottlingRateLimit?: number | undefined;
  readonly ThrottlingBurstLimit?: number | undefined;
}

/** One of the two alone limits nothing. */
export function throttleOf(settings: ThrottleSettings | undefined): ThrottleDefinition | undefined {
  const { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst } = settings ?? {};
  return rate === undefined || burst === undefined ? undefined : { rate, burst };
}

interface AccessLogSettings {
  readonly DestinationArn: string;
  readonly Format: string;
}

/** Refuses a format that names what we do not know, and says which of the run's logs the log group is. */
export function readAccessLog(
  resource: ResolvedResource,
  { Format: format, DestinationArn: groupArn }: AccessLogSettings,
  run: LocalRun,
  log: { readonly name: string; readonly paths?: ReadonlySet<string> },
): { readonly format: string; readonly groupArn: string } {
  try {
    checkAccessLogFormat(format, log.paths);
  } catch (error) {
    refuseResource(resource, (error as Error).message);
  }
  // `arn:aws:logs:<region>:<account>:log-group:<name>`
  run.cloudwatch.filters.connect(groupArn.split(':')[6] ?? '', log.name);
  return { format, groupArn };
}
