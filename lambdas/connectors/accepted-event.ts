import type { UserEvent } from '../../events/event-schema';

/** An event whose sender is known. */
export interface AcceptedEvent {
  readonly event: UserEvent;
  /** Epoch ms at which the API accepted it. */
  readonly acceptedAt: number;
  readonly requestId: string;
  /** True when it came unsigned over the plain interface: it may create, and do nothing else. */
  readonly unsigned: boolean;
  /** How often the message has been delivered, this time included. */
  readonly deliveries: number;
}
