import { type CliError, usageError } from './cli-error';
import type { Command } from './command';

/** What the parser has against a command line, in our words, with where to read on. */
export function explainUsage(
  message: string,
  argv: readonly string[],
  commands: readonly Command[],
): CliError {
  const line = message.trim().replace(/\s+/g, ' ').replace(/\.$/, '');
  const known = commands.find(({ usage }) => startsWith(argv, wordsOf(usage)));
  const subject = known === undefined ? 'punctual' : `punctual ${wordsOf(known.usage).join(' ')}`;
  return usageError(inOurWords(line, known), `${subject} --help says what there is`);
}

function inOurWords(line: string, command: Command | undefined): string {
  const choice = /Argument: (\S+), Given: (.*), Choices: (.*)$/.exec(line);
  if (choice !== null) return `--${choice[1]} is ${choice[2]}, and may be ${choice[3]?.replaceAll('"', '')}`;
  const nearest = /^Did you mean (.*)\?$/.exec(line);
  if (nearest !== null) return `There is no such command; the nearest is ${nearest[1]}`;
  const argument = /^Not enough arguments following: (.*)$/.exec(line);
  if (argument !== null) return `--${argument[1]} needs a value`;
  if (/^Not enough non-option arguments/.test(line)) return `Something is missing: ${command?.usage ?? ''}`;
  return line;
}

/** The words of a usage before its positionals. */
export function wordsOf(usage: string): string[] {
  return usage.split(' ').filter((word) => !/^[<[]/.test(word));
}

function startsWith(argv: readonly string[], words: readonly string[]): boolean {
  return words.every((word, index) => argv[index] === word);
}
