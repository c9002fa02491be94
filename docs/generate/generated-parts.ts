import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

/** The page with every marked part as `parts` say; everything between the marks is made. */
export function withParts(page: string, parts: Readonly<Record<string, string>>): string {
  return Object.entries(parts).reduce((text, [name, part]) => {
    const marked = new RegExp(`(<!-- generated: ${name} -->\n)[\\s\\S]*?(<!-- end -->)`);
    if (!marked.test(text)) throw new Error(`The page has no mark for ${name}.`);
    return text.replace(marked, (_, begin: string, end: string) => `${begin}\n${part}\n\n${end}`);
  }, page);
}

/** Brings the marked parts of a page up to date, by its path in the project. */
export function writeParts(file: string, parts: Readonly<Record<string, string>>): void {
  const path = join(ROOT, file);
  writeFileSync(path, withParts(readFileSync(path, 'utf8'), parts));
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
