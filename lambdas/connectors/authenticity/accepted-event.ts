import type { UserEvent } from '../../../events/event-schema';
import type { Route } from '../../../events/message-attributes';

/** An event whose sender is known. */
export interface AcceptedEvent {
  readonly event: UserEvent;
  /** Epoch ms at which the API accepted it. */
  readonly acceptedAt: number;
  readonly requestId: string;
  /** The door it came through. */
  readonly route: Route;
  /** True when it came unsigned over the plain interface: it may create, and do nothing else. */
  readonly unsigned: boolean;
  /** How often the message has been delivered, this time included. */
  readonly deliveries: number;
  /** Epoch ms at which the message came into this queue; a redrive puts it there anew. */
  readonly queuedAt: number;
}
