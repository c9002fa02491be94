import type { RunLog } from '../run-log';
import type { AccessRequest } from './access-request';
import { describeRefusal, type Refusal, userOf } from './denial';

/** A request that was refused, and how often. */
export interface Denial {
  readonly user: string;
  readonly action: string;
  readonly resource: string;
  readonly words: string;
  readonly count: number;
}

/** What IAM refused in this run. A poller asks again every second: each refusal is written once and then counted. */
export class Denials {
  private readonly refused = new Map<string, { denial: Denial; request: AccessRequest; count: number }>();
  private readonly listeners = new Set<(request: AccessRequest) => void>();

  constructor(private readonly log: Pick<RunLog, 'write'>) {}

  add(request: AccessRequest, refusal: Refusal): void {
    const words = describeRefusal(request, refusal);
    const known = this.refused.get(words);
    if (known) known.count += 1;
    else this.note(request, words);
    for (const listener of this.listeners) listener(request);
  }

  list(): Denial[] {
    return [...this.refused.values()].map(({ denial, count }) => ({ ...denial, count }));
  }

  total(): number {
    return [...this.refused.values()].reduce((sum, { count }) => sum + count, 0);
  }

  clear(): void {
    this.refused.clear();
  }

  /** Gives what ends it. */
  onDenial(listener: (request: AccessRequest) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  private note(request: AccessRequest, words: string): void {
    const { action, resource, principal } = request;
    this.refused.set(words, {
      denial: { user: userOf(principal), action, resource, words, count: 1 },
      request,
      count: 1,
    });
    this.log.write('iam', JSON.stringify({ level: 'ERROR', words }));
  }
}
