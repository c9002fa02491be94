import type { Fauxqs } from './fauxqs';

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

/** The queues of the template. */
export class QueueRegistry implements Queues {
  private readonly queues: QueueInfo[] = [];

  constructor(private readonly fauxqs: Pick<Fauxqs, 'queues'>) {}

  add(queue: QueueInfo): void {
    this.queues.push(queue);
  }

  list(): QueueInfo[] {
    return [...this.queues];
  }

  async counts(): Promise<Record<string, QueueCounts>> {
    const depths = await this.fauxqs.queues();
    return Object.fromEntries(
      depths.map((depth) => [
        depth.name,
        {
          visible: depth.approximateMessageCount,
          inFlight: depth.approximateInflightCount,
          delayed: depth.approximateDelayedCount,
        },
      ]),
    );
  }
}
