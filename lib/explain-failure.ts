/** What a person mends in `punctual.config.ts` or in their command. Anything else is a defect of ours. */
const MENDABLE: readonly unknown[] = ['invalid-configuration', 'unknown-environment'];

interface Failure {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly stack?: unknown;
}

/** What the terminal shows of a synthesis that failed: the fault alone, or for a defect all we know of it. */
export function explainFailure(error: unknown): string {
  const { name, code, message, stack }: Failure = error instanceof Object ? error : {};
  if (MENDABLE.includes(code)) return `punctual: ${code}: ${message}`;
  // Of the compiler: a configuration that is no TypeScript. Its message says where.
  if (name === 'TransformError') return `punctual: unreadable-configuration: ${message}`;
  return String(stack ?? message ?? error);
}
