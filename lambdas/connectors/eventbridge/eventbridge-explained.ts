import type { KindExplained } from '../explain/kind-explained';
import { handoverPlain } from '../hand-over/handover-plain';

/** What can be seen of an event for a bus without seeing whom it is about. */
export const EVENTBRIDGE_EXPLAINED: KindExplained = {
  plain: ['/source', '/type', '/time', ...handoverPlain('/detail')],
};
