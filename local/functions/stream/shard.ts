import type { StreamRecord } from './stream-record';

/** Records of one shard that a mapping has not finished yet. */
export class Shard {
  private records: StreamRecord[] = [];
  private wake: (() => void) | undefined;
  private closed = false;

  constructor(readonly id: string) {}

  add(record: StreamRecord): void {
    this.records.push(record);
    this.wake?.();
  }

  /** The oldest records, at least one; waits for it. Undefined once the shard is closed. */
  async peek(most: number): Promise<StreamRecord[] | undefined> {
    while (this.records.length === 0 && !this.closed) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    return this.closed ? undefined : this.records.slice(0, most);
  }

  advance(count: number): void {
    this.records = this.records.slice(count);
  }

  close(): void {
    this.closed = true;
    this.wake?.();
  }
}
