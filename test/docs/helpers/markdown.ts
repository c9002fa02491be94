import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(__dirname, '../../..');

export const readPage = (page: string): string => readFileSync(join(ROOT, page), 'utf8');

/** The text below `heading` down to the next heading of the same or a higher level. */
export function sectionOf(text: string, heading: string): string {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => /^#+ /.test(line) && line.replace(/^#+ /, '') === heading);
  if (start === -1) throw new Error(`There is no heading "${heading}".`);
  const level = levelOf(lines[start]);
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => levelOf(line) > 0 && levelOf(line) <= level);
  return rest.slice(0, end === -1 ? undefined : end).join('\n');
}

function levelOf(line = ''): number {
  return /^(#+) /.exec(line)?.[1]?.length ?? 0;
}

/** The rows of all tables in `text`, cell by cell, without the heads. */
export function rowsOf(text: string): string[][] {
  const lines = text.split('\n').filter((line) => line.startsWith('|'));
  const isRule = (line = '') => /^\|[-| ]+\|$/.test(line);
  const rows = lines.filter((line, index) => !isRule(line) && !isRule(lines[index + 1]));
  return rows.map((line) =>
    line
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim().replaceAll('\\|', '|')),
  );
}

/** First cell to last cell of each row, the first without its backticks. */
export function tableOf(text: string): Record<string, string> {
  return Object.fromEntries(
    rowsOf(text).map((row) => [(row[0] ?? '').replaceAll('`', ''), row.at(-1) ?? '']),
  );
}

/** The code of the first block in `language`. */
export function codeOf(text: string, language: string): string {
  const code = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(text)?.[1];
  if (code === undefined) throw new Error(`There is no ${language} block.`);
  return code;
}
