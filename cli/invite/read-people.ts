import { parseJson } from '../../events/parse-json';
import { countOf } from '../../terminal/count-of';
import { CliError } from '../cli-error';
import type { Fault } from './check-body';
import { readCsv } from './csv';
import type { PartOfBody } from './invite-flags';

/** A line of the file, and what it says of an invitation; or why it says nothing. */
export type PersonLine =
  | { readonly line: number; readonly given: Readonly<Record<string, unknown>> }
  | { readonly line: number; readonly faults: readonly Fault[] };

/** More than that in one go is a mistake, or wants to be several files. */
const MOST_LINES = 100_000;

/**
 * The people of a file: NDJSON where its first sign is a brace, else CSV with a head. What a line does not say is as the
 * flags say it. Fails with `bad-file` where the file has no lines of people at all.
 */
export function readPeople(text: string, defaults: PartOfBody): PersonLine[] {
  const lines = /^[\uFEFF\s]*\{/.test(text) ? readNdjson(text) : readTable(text);
  if (lines.length === 0) throw badFile('has no line with a person');
  if (lines.length > MOST_LINES) throw badFile(`has more than ${MOST_LINES} lines`);
  return lines.map((one) => ('given' in one ? { ...one, given: merged(defaults, one.given) } : one));
}

function merged(defaults: PartOfBody, given: Readonly<Record<string, unknown>>) {
  const { expiresAt, expiresInDays, ...others } = defaults;
  const isExpirySaid = given.expiresAt !== undefined || given.expiresInDays !== undefined;
  const expiry = isExpirySaid ? {} : { expiresAt, expiresInDays };
  const data = isObject(given.data) ? { data: { ...defaults.data, ...given.data } } : {};
  const all = { ...others, ...expiry, ...given, ...data };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function readNdjson(text: string): PersonLine[] {
  return text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map((one, index) => ({ line: index + 1, text: one.trim() }))
    .filter((one) => one.text !== '')
    .map(({ line, text: json }) => {
      const given = parseJson(json);
      return isObject(given)
        ? { line, given }
        : { line, faults: [{ field: '', words: 'is no JSON object' }] };
    });
}

/** Columns, beside `data.<key>`. */
const COLUMNS = ['email', 'roles', 'expiresAt', 'expiresInDays', 'language', 'mode', 'bind', 'application'];

function readTable(text: string): PersonLine[] {
  const csv = readCsv(text);
  if (!csv.ok) throw badFile(`cannot be read from line ${csv.line} on: ${csv.words}`);
  const [head, ...rows] = csv.records;
  if (head === undefined) return [];
  const names = head.cells.map((name) => name.trim());
  refuseHead(names);
  return rows.map(({ line, cells }): PersonLine => {
    if (cells.length === names.length) return { line, given: givenIn(names, cells) };
    const words = `has ${countOf(cells.length, 'cell')} where the head has ${names.length}`;
    return { line, faults: [{ field: '', words }] };
  });
}

function refuseHead(names: readonly string[]): void {
  const isKnown = (name: string) => COLUMNS.includes(name) || /^data\.[A-Za-z0-9_]{1,64}$/.test(name);
  const unknown = names.findIndex((name) => !isKnown(name));
  if (unknown >= 0)
    throw badFile(`has a column ${unknown + 1} that is none of ${COLUMNS.join(', ')} and data.<key>`);
  if (!names.includes('email')) throw badFile('has no column email');
  if (new Set(names).size < names.length) throw badFile('has a column twice');
}

// An empty cell says nothing.
function givenIn(names: readonly string[], cells: readonly string[]): Record<string, unknown> {
  const said = names.flatMap((name, index) => {
    const text = cells[index]?.trim() ?? '';
    return text === '' ? [] : [[name, text] as const];
  });
  const isData = (name: string) => name.startsWith('data.');
  const data = said
    .filter(([name]) => isData(name))
    .map(([name, text]) => [name.slice('data.'.length), text]);
  const fields = said.filter(([name]) => !isData(name)).map(([name, text]) => [name, cellValue(name, text)]);
  return {
    ...Object.fromEntries(fields),
    ...(data.length > 0 && { data: Object.fromEntries(data) }),
  };
}

function cellValue(name: string, text: string): unknown {
  if (name === 'roles') return text.split(';').map((role) => role.trim());
  return name === 'expiresInDays' && /^\d+$/.test(text) ? Number(text) : text;
}

function badFile(words: string): CliError {
  return new CliError('bad-file', `The file ${words}`, 'docs/invitations.md describes such files', 2);
}
