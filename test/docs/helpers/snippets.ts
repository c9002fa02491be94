import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Code of a page that says in its first line which file it is, or which place of one. */
export interface Snippet {
  readonly file: string;
  /** Where in the file; undefined for a whole file. `line` is the beginning of a line there. */
  readonly place: { readonly how: 'after' | 'before' | 'instead of'; readonly line: string } | undefined;
  readonly code: string;
}

const HEAD = /^\/\/ (\S+\.ts)(?:, (after|before|instead of): (.+))?$/;

/** The blocks of TypeScript of a page. Throws for one that does not say where it belongs. */
export function snippetsOf(page: string): Snippet[] {
  return [...page.matchAll(/^```ts\n(.*)\n([\s\S]*?)^```$/gm)].map(([, head = '', code = '']) => {
    const [, file, how, line] = HEAD.exec(head) ?? [];
    if (file === undefined) throw new Error(`A snippet begins with "${head}" and not with its file.`);
    const place = how === undefined || line === undefined ? undefined : { how: how as 'after', line };
    return { file, place, code };
  });
}

/** Does in `directory` what a reader of the page does. */
export function apply({ file, place, code }: Snippet, directory: string): void {
  const path = join(directory, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, place === undefined ? code : placed(readFileSync(path, 'utf8'), place, code, file));
}

/** Puts each of `configurations` beside punctual.config.ts, as only one can be in its place. Gives the files. */
export function applyBeside(configurations: readonly Snippet[], directory: string): string[] {
  return configurations.map((snippet, index) => {
    const file = `punctual.config.${index}.ts`;
    apply({ ...snippet, file }, directory);
    return file;
  });
}

function placed(
  text: string,
  { how, line }: NonNullable<Snippet['place']>,
  code: string,
  file: string,
): string {
  const lines = text.split('\n');
  const found = lines.flatMap((each, index) => (each.trim().startsWith(line) ? [index] : []));
  const [at] = found;
  if (at === undefined || found.length > 1)
    throw new Error(`${file} has ${found.length} lines "${line}", not one.`);
  const start = how === 'after' ? at + 1 : at;
  return lines.toSpliced(start, how === 'instead of' ? 1 : 0, code.replace(/\n$/, '')).join('\n');
}

/** The lines of the shell that a reader types below a heading, continued ones joined. */
export function commandsOf(section: string): string[] {
  return [...section.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, block = '']) =>
    block.replaceAll('\\\n', ' ').split('\n').filter(Boolean),
  );
}
