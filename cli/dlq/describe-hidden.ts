import type { Line } from '../../terminal/line';
import { wrap } from '../../terminal/wrap';

/** What to think of messages that SQS counts and does not show. */
export function describeHidden(hidden: number, width: number): Line[] {
  if (hidden === 0) return [];
  const words = `${hidden} more cannot be seen now: somebody has them in hand, for five minutes at most, or SQS counts late. Look again then.`;
  return wrap(words, width);
}
