import { AwsError } from '../aws-error';

type Input = Record<string, unknown>;

const LONGEST_SECONDS = 43_200;

/**
 * When messages were received, by receipt handle: SQS counts its 12 hours from there, so that a message cannot be
 * put off for longer by asking late or twice.
 */
export class ReceiveTimes {
  /** Virtual epoch ms, oldest first. */
  private readonly byHandle = new Map<string, number>();

  /** @param now virtual epoch ms */
  remember(messages: unknown, now: number): void {
    this.forgetUntil(now - LONGEST_SECONDS * 1000);
    for (const { ReceiptHandle } of Array.isArray(messages) ? (messages as Input[]) : []) {
      this.byHandle.set(String(ReceiptHandle), now);
    }
  }

  /** Rejects a visibility that would end more than 12 hours after the receive. */
  check(operation: string, input: Input, now: number): void {
    if (operation === 'ChangeMessageVisibility') this.checkChange(input, now);
    if (operation !== 'ChangeMessageVisibilityBatch' || !Array.isArray(input.Entries)) return;
    for (const entry of input.Entries) this.checkChange(entry, now);
  }

  private checkChange({ ReceiptHandle, VisibilityTimeout }: Input, now: number): void {
    const since = now - (this.byHandle.get(String(ReceiptHandle)) ?? now);
    if (since / 1000 + Number(VisibilityTimeout) <= LONGEST_SECONDS || Number(VisibilityTimeout) === 0)
      return;
    const reason = `Reason: Total VisibilityTimeout for the message is beyond the limit [${LONGEST_SECONDS} seconds].`;
    throw new AwsError(
      'InvalidParameterValue',
      `Value ${VisibilityTimeout} for parameter VisibilityTimeout is invalid. ${reason}`,
    );
  }

  // No message stays with its receiver for longer than that.
  private forgetUntil(oldest: number): void {
    for (const [handle, at] of this.byHandle) {
      if (at >= oldest) return;
      this.byHandle.delete(handle);
    }
  }
}
