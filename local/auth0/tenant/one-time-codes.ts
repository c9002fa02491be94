import { randomInt } from 'node:crypto';

export interface ShownCode {
  readonly userId: string;
  readonly type: string;
  readonly code: string;
}

/** The codes of the stand-in factor: what a telephone or an app would show, the control API does. */
export class OneTimeCodes {
  private readonly codes = new Map<string, ShownCode>();

  /** A new one for this login. */
  make(flowId: string, userId: string, type: string): void {
    this.codes.set(flowId, { userId, type, code: String(randomInt(1_000_000)).padStart(6, '0') });
  }

  /** The factor, if this is its code. Once. */
  take(flowId: string, code: string): ShownCode | undefined {
    const shown = this.codes.get(flowId);
    if (shown === undefined || shown.code !== code) return undefined;
    this.codes.delete(flowId);
    return shown;
  }

  /** Those that were not used, the latest first. */
  list(): ShownCode[] {
    return [...this.codes.values()].toReversed();
  }
}
