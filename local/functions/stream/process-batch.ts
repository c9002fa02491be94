import { failedRecords } from '../batch-response';
import type { Invocation } from '../invocation';
import type { StreamRecord } from './stream-record';

export interface StreamRules {
  /** Repeats after the first attempt; Infinity where the mapping sets no limit. */
  readonly maximumRetries: number;
  readonly maximumAgeSeconds: number;
  readonly bisects: boolean;
  readonly reportsFailures: boolean;
}

export type GiveUpReason = 'RetryAttemptsExhausted' | 'MaximumRecordAgeExceeded';

export interface StreamBatchSteps {
  invoke(records: readonly StreamRecord[]): Promise<Invocation>;
  giveUp(
    records: readonly StreamRecord[],
    reason: GiveUpReason,
    invocation: Invocation | undefined,
    attempts: number,
  ): Promise<void>;
  /** Waits before repeat number `attempt`; false when the run ends meanwhile. */
  pause(attempt: number): Promise<boolean>;
  /** Virtual milliseconds. */
  now(): number;
}

/**
 * Brings a batch to its end as Lambda does for a stream: in order, repeating from the first failed record, halving a
 * batch that fails as a whole (which costs no attempt), and giving up on what is left of it when attempts or age run
 * out. Gives false when the run ended before the batch did.
 */
export async function processBatch(
  records: readonly StreamRecord[],
  rules: StreamRules,
  steps: StreamBatchSteps,
  attemptsBefore = 0,
): Promise<boolean> {
  let pending = records;
  let last: Invocation | undefined;
  for (let attempts = attemptsBefore; ; attempts += 1) {
    pending = await withoutOld(pending, rules, steps, last, attempts);
    if (pending.length === 0) return true;
    last = await steps.invoke(pending);
    const first = firstFailed(pending, last, rules.reportsFailures);
    if (first === undefined) return true;
    pending = pending.slice(first);
    if (first === 0 && rules.bisects && pending.length > 1)
      return processHalves(pending, rules, steps, attempts);
    if (attempts >= rules.maximumRetries) {
      await steps.giveUp(pending, 'RetryAttemptsExhausted', last, attempts + 1);
      return true;
    }
    if (!(await steps.pause(attempts + 1))) return false;
  }
}

async function processHalves(
  records: readonly StreamRecord[],
  rules: StreamRules,
  steps: StreamBatchSteps,
  attempts: number,
): Promise<boolean> {
  const middle = Math.ceil(records.length / 2);
  return (
    (await processBatch(records.slice(0, middle), rules, steps, attempts)) &&
    (await processBatch(records.slice(middle), rules, steps, attempts))
  );
}

async function withoutOld(
  records: readonly StreamRecord[],
  rules: StreamRules,
  steps: StreamBatchSteps,
  last: Invocation | undefined,
  attempts: number,
): Promise<readonly StreamRecord[]> {
  const oldest = steps.now() / 1000 - rules.maximumAgeSeconds;
  const kept = records.filter(({ dynamodb }) => dynamodb.ApproximateCreationDateTime >= oldest);
  const old = records.filter((record) => !kept.includes(record));
  if (old.length > 0) await steps.giveUp(old, 'MaximumRecordAgeExceeded', last, attempts);
  return kept;
}

function firstFailed(
  records: readonly StreamRecord[],
  invocation: Invocation,
  reportsFailures: boolean,
): number | undefined {
  const identifiers = records.map(({ dynamodb }) => dynamodb.SequenceNumber);
  const failed = failedRecords(identifiers, invocation, reportsFailures);
  const first = identifiers.findIndex((identifier) => failed.has(identifier));
  return first < 0 ? undefined : first;
}
