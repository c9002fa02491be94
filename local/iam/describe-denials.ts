import type { Denial } from './denials';

const COLUMNS = 79;
const MOST_LINES = 5;

/** For a terminal: that IAM refused calls, and the first of them. Empty when it refused none. */
export function describeDenials(denials: readonly Denial[]): string[] {
  if (denials.length === 0) return [];
  const total = denials.reduce((sum, { count }) => sum + count, 0);
  const shown = denials.slice(0, MOST_LINES).flatMap(describe);
  const rest =
    denials.length > MOST_LINES ? [`  and ${denials.length - MOST_LINES} more in logs/iam.log`] : [];
  return [`IAM refused ${total === 1 ? '1 call' : `${total} calls`}:`, ...shown, ...rest];
}

/** Names come from a template, and a terminal obeys control characters. */
function describe({ action, resource, user, count }: Denial): string[] {
  return [`${action} (${count}x) to ${user.split('/').at(-1)}`, `  on ${resource}`].map((line) =>
    `  ${line.replace(/[^\x20-\x7e]/g, '?')}`.slice(0, COLUMNS),
  );
}
