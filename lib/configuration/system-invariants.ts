import type { SystemConfiguration } from './system-schema';
import {
  LONGEST_FUNCTION_TIMEOUT_SECONDS,
  LONGEST_RETRY_DELAY_SECONDS,
  QUEUE_RETENTION_SECONDS,
  timingsOf,
} from './timings';

type Timed = Pick<SystemConfiguration, 'retry' | 'timeouts'>;

/** What must hold between values that are each fine on their own. */
export interface SystemInvariant {
  readonly path: readonly string[];
  readonly broken: (system: Timed) => boolean;
  readonly given: (system: Timed) => string;
  readonly allowed: string;
}

const hours = (seconds: number) => `${Math.round(seconds / 3600)} hours`;

export const SYSTEM_INVARIANTS: readonly SystemInvariant[] = [
  {
    // Retention ends a message without a word; the budget parks it with a reason. The budget must win, even
    // when the last attempt asks for the longest delay there is.
    path: ['retry'],
    broken: (system) =>
      timingsOf(system).retryBudgetSeconds + LONGEST_RETRY_DELAY_SECONDS >= QUEUE_RETENTION_SECONDS,
    given: (system) =>
      `a budget of ${hours(timingsOf(system).retryBudgetSeconds)} (the longer of horizonHours and minAttempts x 12 hours)`,
    allowed: `a budget that ends 12 hours before the queue forgets the message, so below ${hours(
      QUEUE_RETENTION_SECONDS - LONGEST_RETRY_DELAY_SECONDS,
    )}`,
  },
  {
    path: ['retry', 'capSeconds'],
    broken: ({ retry }) => retry.capSeconds < retry.baseSeconds,
    given: ({ retry }) => `${retry.capSeconds}`,
    allowed: 'at least retry.baseSeconds',
  },
  {
    path: ['timeouts', 'requestSeconds'],
    broken: (system) => timingsOf(system).functionTimeoutSeconds > LONGEST_FUNCTION_TIMEOUT_SECONDS,
    given: (system) => `${system.timeouts.requestSeconds}`,
    allowed: 'such that 3 x requestSeconds + 5 stays within the 900 seconds of a Lambda function',
  },
];
