import { describeDuration } from '../../terminal/duration';
import { type Line, styled } from '../../terminal/line';
import { type Column, renderTable } from '../../terminal/table';
import type { ParkedMessage } from './parked-message';

/** A message with who it is about, and with its body where that was asked for. */
export interface ShownMessage extends ParkedMessage {
  readonly userRef?: string;
  readonly eventId?: string;
  /** Id of the invitation that a mail is of. */
  readonly invitation?: string;
  readonly body?: string;
}

interface Group {
  readonly code: string;
  readonly count: number;
  readonly oldest: number;
}

export function groupByCode(messages: readonly ParkedMessage[]): Group[] {
  const groups = new Map<string, Group>();
  for (const { code, since } of messages) {
    const { count, oldest } = groups.get(code) ?? { count: 0, oldest: since };
    groups.set(code, { code, count: count + 1, oldest: Math.min(oldest, since) });
  }
  return [...groups.values()].sort((one, other) => other.count - one.count);
}

/** What a worker put behind the words of a code: a status, a path, or the code of the last failure. */
const DETAIL = / \(([^()]*)\)$/;

/** How many there are of each code, and what the code means. */
export function describeGroups(messages: readonly ParkedMessage[], now: number, width: number): Line[] {
  const wordsOf = new Map(messages.map(({ code, words }) => [code, words.replace(DETAIL, '')]));
  const columns: Column<Group>[] = [
    { title: 'count', text: ({ count }) => `${count}`, align: 'right' },
    { title: 'code', text: ({ code }) => code, style: () => 'bold', most: 24 },
    { title: 'oldest', text: ({ oldest }) => describeDuration(now - oldest), align: 'right' },
    { title: 'meaning', text: ({ code }) => wordsOf.get(code) ?? '', flexible: true },
  ];
  return renderTable(columns, groupByCode(messages), width);
}

/** A few lines for each: what it is, why it is there, and by which names logs know it. */
export function describeMessages(messages: readonly ShownMessage[], now: number): Line[] {
  return messages.flatMap((message): Line[] => {
    const { id, code, type, attempts, since, system, body, words } = message;
    const { userRef: user, eventId: event, invitation, requestId: request } = message;
    const what = [
      type,
      system === undefined ? '' : `for ${system}`,
      `${attempts} ${attempts === 1 ? 'try' : 'tries'}`,
    ];
    const why = DETAIL.exec(words)?.[1];
    const names = { why, user, event, invitation, request };
    return [
      '',
      [styled('bold', code), `  ${[...what, describeDuration(now - since)].filter(Boolean).join(', ')}`],
      `  message ${id}`,
      ...Object.entries(names).flatMap(([name, text]) =>
        text === undefined ? [] : [`  ${name.padEnd(7)} ${text}`],
      ),
      ...(body === undefined ? [] : body.split('\n').map((line) => `  ${line}`)),
    ];
  });
}
