import type { FunctionInfo } from './functions';

/** Everything needed to run a function. */
export interface FunctionSpec extends FunctionInfo {
  readonly handlerFile: string;
  readonly handlerName: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  /** Name of its log group. */
  readonly logGroup: string;
}
