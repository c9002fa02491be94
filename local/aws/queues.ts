export interface QueueInfo {
  readonly name: string;
  readonly url: string;
  readonly arn: string;
  readonly logicalId: string;
  readonly stackPath: string;
}

export interface QueueCounts {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

export interface Queues {
  list(): QueueInfo[];
  /** Counts of all queues by queue name; not counted as a request. */
  counts(): Promise<Record<string, QueueCounts>>;
}
