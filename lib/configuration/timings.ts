import { type DialectSetting, dialectOf } from './dialect-schema';
import type { SystemConfiguration } from './system-schema';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** SQS lets no message stay invisible longer than this in one receive. */
export const LONGEST_RETRY_DELAY_SECONDS = 12 * HOUR;
/** The longest that SQS keeps a message. */
export const QUEUE_RETENTION_SECONDS = 14 * 24 * HOUR;
/**
 * Only stops a message that kills its worker again and again: the retry budget lives on the link row, and a
 * worker that can still speak parks its messages itself.
 */
export const MAX_RECEIVE_COUNT = 1_000;
/** Lambda's own bound. */
export const LONGEST_FUNCTION_TIMEOUT_SECONDS = 15 * MINUTE;
/**
 * Look up by id and by externalId, create, look up again after a conflict, change; of an erasure, which is in all
 * instances at once: look up by both, remove, read back by both.
 */
const CALLS_OF_A_MESSAGE = 5;
/** Each correlation rule is asked before the create, and once more after a conflict. */
const CALLS_OF_A_RULE = 2;
/** An account that is sent as a whole is read just before, to be changed and to be switched on. */
const CALLS_OF_WHOLE_ACCOUNTS = 2;
/** A token, another when the first one expired in the middle, and one more where the client was changed meanwhile. */
const CALLS_FOR_TOKENS = 3;
/** What a function has for its own calls. */
const OWN_SECONDS = 5;
/** Such that a function can make all of its calls, where there is no rule. */
export const LONGEST_REQUEST_SECONDS = Math.floor(
  (LONGEST_FUNCTION_TIMEOUT_SECONDS - OWN_SECONDS) / CALLS_OF_A_MESSAGE,
);

/** The durations that follow from those a person configures, in seconds. */
export interface Timings {
  /** As long as a call waits for its turn at most; 0 without a rate. */
  readonly rateWaitSeconds: number;
  /** All calls of one message, however slow the system, their turns, and room for our own. */
  readonly functionTimeoutSeconds: number;
  /** Six times the function's: Lambda may hold a batch back while it is throttled. */
  readonly visibilityTimeoutSeconds: number;
  /** Outlives the function by more than a minute, so that an expired lease means its owner is dead. */
  readonly leaseSeconds: number;
  /** The latest moment at which a message can still be retried. */
  readonly retryBudgetSeconds: number;
}

type Timed = Pick<SystemConfiguration, 'retry' | 'timeouts' | 'rate' | 'concurrency'> & {
  readonly correlate?: readonly unknown[];
  readonly dialect?: DialectSetting;
  readonly auth?: { readonly kind: 'bearer' | 'client-credentials' };
  readonly kind?: string;
};

/** Of the cap, on average: with full jitter between attempts, and with half of it while a message only waits. */
const WAIT_BETWEEN_ATTEMPTS = 1 / 2;
const WAIT_BEFORE_BREAKER = 3 / 4;

/**
 * How often a message is received until it is given up. At worst it waits in front of an open breaker for nearly its
 * whole horizon, and is then tried for another one.
 */
export function expectedReceives({ retry }: Pick<SystemConfiguration, 'retry'>): number {
  const capsInHorizon = (retry.horizonHours * HOUR) / retry.capSeconds;
  return Math.ceil(capsInHorizon / WAIT_BETWEEN_ATTEMPTS + capsInHorizon / WAIT_BEFORE_BREAKER);
}

// As many calls wait at once as messages are worked on, and each of them goes before the last one at worst.
function waitForTurnSeconds(
  { perSecond }: { readonly perSecond: number },
  { maxConcurrency, batchSize }: SystemConfiguration['concurrency'],
): number {
  return Math.ceil((maxConcurrency * batchSize) / perSecond) + 1;
}

/** Calls to the system that one message needs at most. */
function callsOf({
  correlate = [],
  dialect = 'rfc',
  auth,
  kind,
}: Pick<Timed, 'correlate' | 'dialect' | 'auth' | 'kind'>): number {
  const ofWholes = dialectOf(dialect).patch === 'put' ? CALLS_OF_WHOLE_ACCOUNTS : 0;
  const forTokens = auth?.kind === 'client-credentials' || kind === 'auth0' ? CALLS_FOR_TOKENS : 0;
  return CALLS_OF_A_MESSAGE + CALLS_OF_A_RULE * correlate.length + ofWholes + forTokens;
}

/** Derives what must fit together instead of asking for it. */
export function timingsOf({ retry, timeouts, rate, concurrency, ...system }: Timed): Timings {
  const calls = callsOf(system);
  const rateWaitSeconds = rate === undefined ? 0 : waitForTurnSeconds(rate, concurrency);
  const functionTimeoutSeconds = calls * (timeouts.requestSeconds + rateWaitSeconds) + OWN_SECONDS;
  const attemptsSeconds = retry.minAttempts * LONGEST_RETRY_DELAY_SECONDS;
  return {
    rateWaitSeconds,
    functionTimeoutSeconds,
    visibilityTimeoutSeconds: 6 * functionTimeoutSeconds,
    leaseSeconds: functionTimeoutSeconds + 70,
    retryBudgetSeconds: Math.max(retry.horizonHours * HOUR, attemptsSeconds),
  };
}
