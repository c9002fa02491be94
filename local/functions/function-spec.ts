import type { FunctionInfo } from './functions';

/** Everything needed to run a function. */
export interface FunctionSpec extends FunctionInfo {
  readonly handlerFile: string;
  readonly handlerName: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  /** How many invocations there may be at once. @default as many as come */
  readonly reservedConcurrency?: number;
  /** Name of its log group. */
  readonly logGroup: string;
}
