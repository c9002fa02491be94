import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command, OptionTable } from './command';
import { namesOf } from './dlq/parked-queue';
import { wordsOf } from './explain-usage';
import { DEFAULT_DIRECTORY, GLOBAL_OPTIONS } from './global-options';
import { systemQueuesOf } from './target/outputs';

/** What the last of `words`, which may be empty, can become. `words` are those after `punctual`. */
export function complete(words: readonly string[], commands: readonly Command[]): string[] {
  const current = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  return [...new Set(candidates(before, current, commands))].filter((word) => word.startsWith(current));
}

function candidates(before: readonly string[], current: string, commands: readonly Command[]): string[] {
  const command = commands.find(({ usage }) => begins(before, wordsOf(usage)));
  if (command === undefined) return nextWords(before, commands);
  const options: OptionTable = { ...GLOBAL_OPTIONS, ...command.options };
  const flag = before.at(-1) ?? '';
  const option = flag.startsWith('--') ? options[flag.slice(2)] : undefined;
  if (option !== undefined && option.type !== 'boolean') return valuesOf(flag, option.choices, before);
  if (current.startsWith('-')) return flagsOf(command.usage, options);
  if (command.usage.includes('<queue>')) return namesOf({ values: readValues(before) });
  return command.usage === 'outputs [name]' ? Object.keys(readValues(before)) : [];
}

function nextWords(before: readonly string[], commands: readonly Command[]): string[] {
  const all = [...commands.map(({ usage }) => wordsOf(usage)), ['completion']];
  return all.filter((words) => begins(words, before)).flatMap((words) => words[before.length] ?? []);
}

function flagsOf(usage: string, options: OptionTable): string[] {
  const flags = Object.keys(options).filter((name) => !new RegExp(`[<[]${name}[\\]>]`).test(usage));
  return [...flags, 'help'].map((name) => `--${name}`);
}

function valuesOf(flag: string, choices: unknown, before: readonly string[]): string[] {
  if (flag === '--system') return systemQueuesOf({ values: readValues(before) }).map(({ system }) => system);
  return Array.isArray(choices) ? choices.map(String) : [];
}

function begins(words: readonly string[], beginning: readonly string[]): boolean {
  return beginning.every((word, index) => words[index] === word);
}

/** Outputs of the local run, if there is one: asking AWS would take longer than anybody waits for a completion. */
function readValues(before: readonly string[]): Record<string, string> {
  const at = before.indexOf('--directory');
  const directory = (at < 0 ? undefined : before[at + 1]) ?? DEFAULT_DIRECTORY;
  try {
    const { Local: _, ...stacks } = JSON.parse(readFileSync(join(directory, 'outputs.json'), 'utf8'));
    return (Object.values(stacks)[0] ?? {}) as Record<string, string>;
  } catch {
    return {};
  }
}
