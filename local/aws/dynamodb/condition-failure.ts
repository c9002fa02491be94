import { dynaliteDb } from './dynalite';

export const FAILURE_OPTION = 'ReturnValuesOnConditionCheckFailure';
let patched = false;

/**
 * Dynalite ignores `ReturnValuesOnConditionCheckFailure`. It checks conditions while it holds the lock of the row,
 * so the row added here is the one the condition failed on.
 */
export function returnRowsOnFailedConditions(): void {
  if (patched) return;
  patched = true;
  const check = dynaliteDb.checkConditional;
  dynaliteDb.checkConditional = (input, existing) => {
    const failure = check(input, existing);
    if (failure?.body && existing && input[FAILURE_OPTION] === 'ALL_OLD') failure.body.Item = existing;
    return failure;
  };
}

/** Dynalite's validation drops options it does not know; this carries ours over. */
export function keepFailureOption(from: Record<string, unknown>, to: Record<string, unknown>): void {
  if (from[FAILURE_OPTION] !== undefined) to[FAILURE_OPTION] = from[FAILURE_OPTION];
}
