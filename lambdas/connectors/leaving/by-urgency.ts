import { OutcomeUnknownError, RejectedError } from '../connector';
import type { Obstacle } from './look-into';

/**
 * Which of two obstacles says first how an attempt to erase ends. What the clock mends comes before what somebody has
 * to: the message comes back until only the latter is left. After a call whose end nobody saw nothing looks too early.
 */
export const byUrgency = (one: Obstacle, other: Obstacle) => urgencyOf(one) - urgencyOf(other);

function urgencyOf({ held, error }: Obstacle): number {
  if (held !== undefined) return 3;
  if (error instanceof RejectedError) return 2;
  return error instanceof OutcomeUnknownError ? 0 : 1;
}
