import type { DialectSetting } from './dialect-schema';
import type { SystemConfiguration } from './system-schema';
import {
  expectedReceives,
  LONGEST_FUNCTION_TIMEOUT_SECONDS,
  LONGEST_REQUEST_SECONDS,
  LONGEST_RETRY_DELAY_SECONDS,
  MAX_RECEIVE_COUNT,
  QUEUE_RETENTION_SECONDS,
  timingsOf,
} from './timings';

type Judged = Pick<
  SystemConfiguration,
  'retry' | 'timeouts' | 'breaker' | 'rate' | 'concurrency' | 'required'
> & {
  readonly provisionAt?: string;
  readonly signOff?: unknown;
  readonly correlate?: readonly { readonly from: string }[];
  readonly adopt?: boolean;
  readonly dialect?: DialectSetting;
  readonly auth?: { readonly kind: 'bearer' | 'client-credentials' };
};

/** What must hold between values that are each fine on their own. */
export interface SystemInvariant {
  readonly path: readonly string[];
  readonly broken: (system: Judged) => boolean;
  readonly given: (system: Judged) => string;
  readonly allowed: string;
}

/** Leaves room for chance, and for receives that are no attempt because another worker holds the link. */
const MOST_EXPECTED_RECEIVES = 850;

/** As the worker asks. */
const nobodyChooses = (from: string) => /^(?:email|user_id|app_metadata_.*)$/.test(from);

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
    // Otherwise the queue takes the message away before the budget ends, without a reason on the link.
    path: ['retry', 'capSeconds'],
    broken: (system) => expectedReceives(system) > MOST_EXPECTED_RECEIVES,
    given: ({ retry }) =>
      `${retry.capSeconds} with horizonHours ${retry.horizonHours}, so about ${expectedReceives({ retry })} receives of a message`,
    allowed: `such that 10/3 x horizonHours x 3600 / capSeconds is at most ${MOST_EXPECTED_RECEIVES}, as the queue gives a message up after ${MAX_RECEIVE_COUNT} receives`,
  },
  {
    path: ['retry', 'capSeconds'],
    broken: ({ retry }) => retry.capSeconds < retry.baseSeconds,
    given: ({ retry }) => `${retry.capSeconds}`,
    allowed: 'at least retry.baseSeconds',
  },
  {
    // Lambda lets no function live longer, and one that waits for its turns must not die of it.
    path: ['rate', 'perSecond'],
    broken: (system) =>
      system.rate !== undefined &&
      timingsOf(system).functionTimeoutSeconds > LONGEST_FUNCTION_TIMEOUT_SECONDS,
    given: ({ rate, concurrency }) =>
      `${rate?.perSecond} with ${concurrency.maxConcurrency * concurrency.batchSize} messages worked on at once`,
    allowed: `such that the calls of a message, 5 and more with rules in correlate, times (timeouts.requestSeconds + maxConcurrency x batchSize / perSecond) stay below ${LONGEST_FUNCTION_TIMEOUT_SECONDS} seconds: fewer messages at once, or more calls`,
  },
  {
    path: ['breaker', 'longestPauseSeconds'],
    broken: ({ breaker }) => breaker.longestPauseSeconds < breaker.pauseSeconds,
    given: ({ breaker }) => `${breaker.longestPauseSeconds}`,
    allowed: 'at least breaker.pauseSeconds',
  },
  {
    // Lambda ends the function, whatever calls it still has to make.
    path: ['timeouts', 'requestSeconds'],
    broken: (system) =>
      system.timeouts.requestSeconds <= LONGEST_REQUEST_SECONDS &&
      timingsOf({ ...system, rate: undefined }).functionTimeoutSeconds > LONGEST_FUNCTION_TIMEOUT_SECONDS,
    given: ({ timeouts, correlate = [] }) =>
      `${timeouts.requestSeconds} with ${correlate.length} rules in correlate`,
    allowed: `such that all calls of a message, two of them for each rule, two for accounts that are sent as a whole and three for access tokens, end within ${LONGEST_FUNCTION_TIMEOUT_SECONDS} seconds`,
  },
  {
    path: ['adopt'],
    broken: ({ adopt = false, correlate = [] }) =>
      adopt && !correlate.some(({ from }) => nobodyChooses(from)),
    given: ({ adopt }) => `${adopt}`,
    allowed:
      'true only with a rule in correlate from email, user_id or app_metadata_…: no other one can adopt',
  },
  {
    path: ['required'],
    broken: ({ required, signOff }) => required && signOff === 'none',
    given: ({ required }) => `${required}`,
    allowed: 'false with signOff none: nobody would ever know that the account is there',
  },
  {
    path: ['required'],
    broken: ({ required, provisionAt }) => required && provisionAt === 'use',
    given: ({ required }) => `${required}`,
    allowed: "false with provisionAt 'use': nobody has an account there before they ask for one",
  },
];
