/** What an instance is started with. */
export interface InstanceData {
  readonly handlerFile: string;
  readonly handlerName: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly memoryMb: number;
  readonly clock: { readonly startedAt: number; readonly scale: number };
  /** Origins of the outside world, and addresses below them, and the local servers that stand in for them. */
  readonly origins: Readonly<Record<string, string>>;
}

export interface InvokeMessage {
  readonly requestId: string;
  /** JSON, as Lambda carries it. */
  readonly event: string;
  /** Real milliseconds since the epoch at which time is up. */
  readonly deadline: number;
}

/** What an instance says: how an invocation ended, what was printed, or both. */
export interface InstanceMessage {
  readonly result?: InvocationResult;
  readonly printed: string;
}

export type InvocationResult =
  | { readonly requestId: string; readonly json: string }
  | { readonly requestId: string; readonly errorType: string };
