import { type CliError, usageError } from './cli-error';
import type { Command } from './command';
import { GLOBAL_OPTIONS } from './global-options';
import { nearest } from './nearest';

/** What the parser has against a command line, in our words, with where to read on. */
export function explainUsage(
  message: string,
  argv: readonly string[],
  commands: readonly Command[],
): CliError {
  const line = message.trim().replace(/\s+/g, ' ').replace(/\.$/, '');
  const typed = withoutFlags(argv);
  const known = commands.find(({ usage }) => startsWith(typed, wordsOf(usage)));
  const words = known === undefined ? groupOf(typed, commands) : wordsOf(known.usage);
  const help = ['npx punctual', ...words, '--help'].join(' ');
  const stray = strayFlag(argv, known) ?? strayCommand(typed, known, commands);
  return usageError(stray ?? inOurWords(line, known), `${help} says what there is`);
}

/** What is not a flag that every command has, nor its value. */
function withoutFlags(argv: readonly string[]): string[] {
  const flags = new Map(Object.entries(GLOBAL_OPTIONS).map(([name, { type }]) => [`--${name}`, type]));
  const isValue = (at: number) => ['string', 'number'].includes(flags.get(argv[at - 1] ?? '') ?? '');
  return argv.filter((word, at) => !word.startsWith('-') && !isValue(at));
}

/** A flag that is not there is likelier the mistake than what the parser makes of the rest. */
function strayFlag(argv: readonly string[], known: Command | undefined): string | undefined {
  const flags = [...Object.keys({ ...GLOBAL_OPTIONS, ...known?.options }), 'help', 'version'];
  const names = argv.flatMap((word) => /^--(?!no-)([^=]+)/.exec(word)?.[1] ?? []);
  const stray = names.find((name) => !flags.includes(name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)));
  return stray === undefined ? undefined : `There is no flag --${stray}${hint(nearest(stray, flags), '--')}`;
}

function strayCommand(
  typed: readonly string[],
  known: Command | undefined,
  commands: readonly Command[],
): string | undefined {
  const group = groupOf(typed, commands);
  const [word] = typed.slice(group.length);
  if (known !== undefined || word === undefined || word === 'completion') return undefined;
  const all = commands.map(({ usage }) => wordsOf(usage));
  const nexts = all.filter((words) => startsWith(words, group)).map((words) => words[group.length] ?? '');
  const elsewhere = all.find((words) => words.length > 1 && words.at(-1) === word)?.join(' ');
  const meant = nearest(word, [...new Set(nexts)]);
  return `There is no command ${[...group, word].join(' ')}${hint(meant ?? elsewhere, '')}`;
}

const hint = (word: string | undefined, before: string) =>
  word === undefined ? '' : `; the nearest is ${before}${word}`;

function inOurWords(line: string, command: Command | undefined): string {
  const choice = /Argument: (\S+), Given: (.*), Choices: (.*)$/.exec(line);
  if (choice !== null) return `--${choice[1]} is ${choice[2]}, and may be ${choice[3]?.replaceAll('"', '')}`;
  const argument = /^Not enough arguments following: (.*)$/.exec(line);
  if (argument !== null) return `--${argument[1]} needs a value`;
  if (/^Not enough non-option arguments/.test(line)) return `Something is missing: ${command?.usage ?? ''}`;
  const tooMany = /^Unknown (?:argument|command)s?: (.*)$/.exec(line);
  if (tooMany !== null) return `More than can be used: ${tooMany[1]}`;
  return line;
}

/** The first word of a command of two words, where that is all that is understood. */
function groupOf([first = '']: readonly string[], commands: readonly Command[]): string[] {
  return commands.some(({ usage }) => wordsOf(usage).length > 1 && usage.startsWith(`${first} `))
    ? [first]
    : [];
}

/** The words of a usage before its positionals. */
export function wordsOf(usage: string): string[] {
  return usage.split(' ').filter((word) => !/^[<[]/.test(word));
}

function startsWith(argv: readonly string[], words: readonly string[]): boolean {
  return words.every((word, index) => argv[index] === word);
}
