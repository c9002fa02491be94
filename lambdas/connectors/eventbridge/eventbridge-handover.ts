import type { Handover } from '../hand-over/handover';
import { type HandoverParties, handoverMessage } from '../hand-over/handover-message';
import type { PutEvent } from '../transport';

export interface EventBridgeHandoverDeps {
  /** ARN of the bus. */
  readonly bus: string;
  readonly parties: HandoverParties;
  readonly putEvent: PutEvent;
}

/** Tells a system by an event on a bus, where its people have a rule for it. Who may put events there, IAM says. */
export function createEventBridgeHandover({ bus, parties, putEvent }: EventBridgeHandoverDeps): Handover {
  return {
    async deliver(order) {
      const detail = handoverMessage(order, parties);
      // The same as in the message, so that a rule can ask for them.
      const { source, type, time } = detail;
      await putEvent({ bus, source, type, time, detail });
    },
  };
}
