import { isAuthenticityCode } from '../../../events/codes';
import type { Outcome } from '../../../events/outcome';
import type { Log, LogFields } from '../../runtime/logger';
import type { Metric, Metrics } from '../../runtime/metrics';

export interface ReportDeps {
  readonly system: string;
  /** Epoch ms. */
  readonly now: () => number;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** What is known of a message beside its outcome. */
export interface Report {
  /** Epoch ms at which it came into this queue. */
  readonly queuedAt: number;
  readonly fields: LogFields & { readonly durationMs: number };
}

const COUNT_OF_OUTCOME = {
  provisioned: 'Provisioned',
  skipped: 'Skipped',
  retry: 'Retried',
  rejected: 'Rejected',
} as const;

/** One log line and the metrics of each message, whatever became of it. */
export function reportOutcome(deps: ReportDeps, outcome: Outcome, { queuedAt, fields }: Report): void {
  const { kind, ...rest } = outcome;
  deps.log(kind === 'rejected' ? 'warn' : 'info', 'message settled', {
    system: deps.system,
    outcome: kind,
    ...rest,
    ...fields,
  });
  const metrics: Metric[] = [
    { name: COUNT_OF_OUTCOME[kind], value: 1, unit: 'Count' },
    { name: 'Duration', value: fields.durationMs, unit: 'Milliseconds' },
  ];
  // SQS forgets the age of a message that was received often, and just those wait for a system that is down. Counted
  // from when it came into the queue and not from when it was accepted: a redrive begins a new budget, and the first
  // hiccup after it is no outage, however old the event. What keeps failing in the queue gets old there all the same.
  if (kind === 'retry') {
    metrics.push({ name: 'RetryAge', value: deps.now() - queuedAt, unit: 'Milliseconds' });
  }
  deps.metrics(deps.system, metrics);
  // Every system's worker judges the same senders, so that one number for all is enough to wake somebody.
  if (outcome.kind === 'rejected' && isAuthenticityCode(outcome.code)) {
    deps.metrics(undefined, [{ name: 'SignatureRejected', value: 1, unit: 'Count' }]);
  }
}
