import type { LinkProgress } from './link-progress';

/** Together with the blanks between them 79 characters, so that no terminal of 80 breaks a line. */
const WIDTHS = { user: 29, system: 10, state: 9, accountId: 18, ms: 5 } as const;

const COLUMNS = Object.keys(WIDTHS) as (keyof typeof WIDTHS)[];

/** User x system as lines of text; `nameOf` says what a user is called. */
export function renderTable(links: readonly LinkProgress[], nameOf: (userId: string) => string): string[] {
  const head = renderRow({
    user: 'user',
    system: 'system',
    state: 'state',
    accountId: 'account id',
    ms: 'ms',
  });
  const rows = links.map((link, index) => {
    const isFirst = links[index - 1]?.userId !== link.userId;
    return renderLink(link, isFirst ? nameOf(link.userId) : '');
  });
  return [head, '-'.repeat(head.length), ...rows];
}

export function renderLink({ system, state, accountId, ms }: LinkProgress, user: string): string {
  const time = ms === undefined ? '' : String(Math.round(ms));
  return renderRow({ user, system, state, accountId: accountId ?? '', ms: time });
}

function renderRow(cells: Record<keyof typeof WIDTHS, string>): string {
  const fitted = COLUMNS.map((column) => padTo(cells[column], WIDTHS[column]));
  return `${fitted.slice(0, -1).join('  ')}  ${cells.ms.padStart(WIDTHS.ms)}`;
}

function padTo(text: string, width: number): string {
  const characters = [...text.normalize('NFC')];
  return characters.length > width
    ? `${characters.slice(0, width - 1).join('')}…`
    : text + ' '.repeat(width - characters.length);
}
