/** A record of a CSV file, with the line of the file that it begins in. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

export type Csv =
  | { readonly ok: true; readonly records: readonly CsvRecord[] }
  | { readonly ok: false; readonly line: number; readonly words: string };

interface Cell {
  readonly text: string;
  /** Where it ends: at a comma, at the end of a line, or at the end of the file. */
  readonly end: number;
}

/**
 * Reads CSV as RFC 4180 has it: commas, quotes doubled within quotes, lines that end with CRLF or LF, also within quotes. A
 * byte order mark and empty lines are left out. What is ambiguous is refused rather than guessed.
 */
export function readCsv(file: string): Csv {
  const text = file.replace(/^\uFEFF/, '');
  const records: CsvRecord[] = [];
  let [line, at, cells] = [1, 0, [] as string[]];
  let begunIn = line;
  while (at <= text.length) {
    const cell = text[at] === '"' ? quotedCell(text, at) : bareCell(text, at);
    if (typeof cell === 'string') return { ok: false, line, words: cell };
    cells.push(cell.text);
    line += count(text.slice(at, cell.end), '\n');
    const isEndOfLine = text[cell.end] !== ',';
    at = afterSeparator(text, cell.end);
    if (!isEndOfLine) continue;
    if (cells.length > 1 || cells[0] !== '') records.push({ line: begunIn, cells });
    line += 1;
    [begunIn, cells] = [line, []];
  }
  return { ok: true, records };
}

const BARE = /[^,\r\n]*/y;

function bareCell(text: string, from: number): Cell | string {
  BARE.lastIndex = from;
  const cell = BARE.exec(text)?.[0] ?? '';
  const end = from + cell.length;
  if (cell.includes('"')) return 'a quote stands within a cell that has none around it';
  return isLoneReturn(text, end) ? 'a carriage return stands without a line feed' : { text: cell, end };
}

function quotedCell(text: string, from: number): Cell | string {
  let [end, at] = [text.indexOf('"', from + 1), from + 1];
  let cell = '';
  while (end >= 0 && text[end + 1] === '"') {
    cell += text.slice(at, end + 1);
    at = end + 2;
    end = text.indexOf('"', at);
  }
  if (end < 0) return 'a quote is opened and not closed';
  const after = text[end + 1];
  if (after !== undefined && !/[,\r\n]/.test(after)) return 'something stands behind a quote that is closed';
  if (isLoneReturn(text, end + 1)) return 'a carriage return stands without a line feed';
  return { text: cell + text.slice(at, end), end: end + 1 };
}

const isLoneReturn = (text: string, at: number) => text[at] === '\r' && text[at + 1] !== '\n';

const afterSeparator = (text: string, at: number) => at + (text[at] === '\r' ? 2 : 1);

const count = (text: string, sign: string) => text.split(sign).length - 1;
