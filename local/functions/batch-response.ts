import { isObject } from '../template/template';
import type { Invocation } from './invocation';

/**
 * Which records of a batch failed, by their identifiers. Lambda takes a response that names an unknown record, or
 * none properly, for a failure of the whole batch; no response, and an empty list, for success.
 */
export function failedRecords(
  identifiers: readonly string[],
  invocation: Invocation,
  reportsFailures: boolean,
): ReadonlySet<string> {
  if (!invocation.ok) return new Set(identifiers);
  if (!reportsFailures || invocation.result === null) return new Set();
  const { batchItemFailures: failures } = isObject(invocation.result)
    ? invocation.result
    : { batchItemFailures: undefined };
  if (failures === undefined || failures === null) return new Set();
  if (!Array.isArray(failures)) return new Set(identifiers);
  const failed = failures.map((failure) => (isObject(failure) ? failure.itemIdentifier : undefined));
  const known = failed.every(
    (identifier) => typeof identifier === 'string' && identifiers.includes(identifier),
  );
  return new Set(known ? (failed as string[]) : identifiers);
}
