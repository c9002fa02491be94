import type { CallAlarmsProps } from '../monitoring/call-alarms';

/** What a person meets who is sent to the status page, and an Action that asks before. */
export const STATUS_API_ALARMS: Pick<CallAlarmsProps, 'failures' | 'refusals'> = {
  failures: {
    kind: 'statusApiFailures',
    metricName: 'StatusCallsFailed',
    words:
      'The status API failed two calls or more within 5 minutes: people who wait cannot see how far they are.',
  },
  refusals: {
    kind: 'statusApiRefusals',
    metricName: 'StatusApiThrottled',
    words: 'The status API refused calls as too many (429): people who wait may have seen an error.',
  },
};
