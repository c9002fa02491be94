import type { Clock } from '../clock';
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

/** What SQS would tell CloudWatch of a queue. */
export interface QueueSample {
  readonly name: string;
  readonly visible: number;
  readonly notVisible: number;
  /** Virtual epoch ms of the oldest message that was not received three times; absent when there is none. */
  readonly oldestSentAt?: number;
}

export interface Queues {
  list(): QueueInfo[];
  /** Counts of all queues by queue name; not counted as a request. */
  counts(): Promise<Record<string, QueueCounts>>;
}

/** The queues of the template. */
export class QueueRegistry implements Queues {
  private readonly queues: QueueInfo[] = [];

  constructor(
    private readonly fauxqs: Pick<Fauxqs, 'queues' | 'messages'>,
    private readonly clock: Clock,
  ) {}

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

  samples(): QueueSample[] {
    return this.fauxqs.messages().map(({ name, visible, inFlight }) => {
      const young = [...visible, ...inFlight].filter(({ receives }) => receives < 3);
      const oldest = young.reduce((least, { sentAt }) => Math.min(least, sentAt), Number.POSITIVE_INFINITY);
      const sample = { name, visible: visible.length, notVisible: inFlight.length };
      return young.length === 0 ? sample : { ...sample, oldestSentAt: this.toVirtual(oldest) };
    });
  }

  /** Messages that a worker parked and that wait for an operator, counted by code. */
  parked(): Record<string, number> {
    const messages = this.fauxqs.messages().flatMap(({ visible, inFlight }) => [...visible, ...inFlight]);
    const counts: Record<string, number> = {};
    for (const { parked } of messages) {
      if (parked === undefined) continue;
      const { code } = JSON.parse(parked) as { code: string };
      counts[code] = (counts[code] ?? 0) + 1;
    }
    return counts;
  }

  /** The emulator lives in real time. */
  private toVirtual(realMs: number): number {
    const { startedAt, scale } = this.clock;
    return startedAt + (realMs - startedAt) * scale;
  }
}
