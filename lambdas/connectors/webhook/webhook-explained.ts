import type { KindExplained } from '../explain/kind-explained';
import { handoverPlain } from '../hand-over/handover-plain';

/** What can be seen of a message to a webhook without seeing whom it is about. */
export const webhookExplained = (base: string): KindExplained => ({ base, plain: handoverPlain() });
