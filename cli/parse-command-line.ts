import yargs, { type Argv, type Options } from 'yargs';
import { isInvitationId } from '../events/invitations/invitation';
import { version } from '../package.json';
import { CliError, usageError } from './cli-error';
import type { Command, OptionTable } from './command';
import { complete } from './complete';
import type { GlobalFlags } from './create-deps';
import { explainUsage, wordsOf } from './explain-usage';
import { GLOBAL_OPTIONS } from './global-options';
import { GROUPS } from './groups';

/** What was typed: a command with its arguments, or something that the parser answered itself, such as help. */
export type Typed = { readonly command: Command; readonly args: GlobalFlags } | { readonly text: string };

const HELP_WIDTH = 80;

/** Understands a command line. Fails with `usage`. */
export async function parseCommandLine(
  argv: readonly string[],
  commands: readonly Command[],
): Promise<Typed> {
  // Asked by the script of the shell, with the words as they are typed, our name among them.
  if (argv[0] === '--get-yargs-completions') return { text: complete(argv.slice(2), commands).join('\n') };
  let chosen: Typed | undefined;
  const parser = createParser(argv, commands, (command, args) => {
    chosen = { command, args: withDashes(args) };
  });
  const text = await new Promise<string>((resolve, reject) => {
    void parser.parse(withoutDashes(withRef(argv)), {}, (error, _, output) => {
      if (error === undefined || error === null) resolve(output);
      else reject(error);
    });
  });
  return chosen ?? { text: tidied(text) };
}

/** A userRef may begin with a dash, which a parser would take for a flag. */
function withRef(argv: readonly string[]): string[] {
  const at = argv.indexOf('--ref');
  const value = argv[at + 1];
  if (at < 0 || value === undefined || value.startsWith('--')) return [...argv];
  return [...argv.slice(0, at), `--ref=${value}`, ...argv.slice(at + 2)];
}

// The parser takes a lone dash, which is stdin, for an empty text. Nobody can type a NUL.
const DASH = '\0-';
const withoutDashes = (argv: readonly string[]) =>
  argv.map((word) => (word === '-' || isIdWithDash(word, argv) ? `\0${word}` : word));

// So may the id of an invitation begin with one.
const isIdWithDash = (word: string, [group]: readonly string[]) =>
  group === 'invitation' && word.startsWith('-') && isInvitationId(word);

function withDashes(args: GlobalFlags): GlobalFlags {
  const isHidden = (value: unknown): value is string => typeof value === 'string' && value.startsWith(DASH);
  const entries = Object.entries(args).map(([name, value]) => [
    name,
    isHidden(value) ? value.slice(1) : value,
  ]);
  return Object.fromEntries(entries) as GlobalFlags;
}

/** Help without what goes without saying: that a flag is a flag, and off. */
function tidied(help: string): string {
  return help
    .split('\n')
    .map((line) => [line, line.replace(/ *\[boolean\]| \[default: false\]/g, '')] as const)
    .flatMap(([line, tidy]) => (tidy.trim() === '' && line.trim() !== '' ? [] : [tidy]))
    .join('\n');
}

type Choose = (command: Command, args: GlobalFlags) => void;

function createParser(argv: readonly string[], commands: readonly Command[], choose: Choose): Argv {
  const root = yargs()
    .scriptName('punctual')
    .locale('en')
    .usage('$0 <command>\n\nOn-time user provisioning: look, send, heal.')
    .options(withArguments(GLOBAL_OPTIONS))
    .version(version)
    .updateStrings({ 'Show help': 'this help', 'Show version number': 'the version' })
    .alias({ h: 'help' })
    .demandCommand(1, 'Name a command')
    // The first complaint is the one that helps; the parser would go on and give the last.
    .fail((message, error) => {
      throw error instanceof CliError
        ? error
        : explainUsage((message || error.message).replaceAll(DASH, '-'), argv, commands);
    })
    .epilogue(EPILOGUE);
  for (const [group, members] of groupsOf(commands)) {
    if (group in GROUPS) addGroup(root, group, members, choose);
    else addAll(root, members, choose);
  }
  return strictly(root.completion('completion', 'a script for the completion of bash or zsh'));
}

const EPILOGUE = `Works on the local run of npm start, or with --stack on AWS.
Ends with 0 done, 1 something is not well, 2 wrong usage, 3 refused or out of
reach. docs/cli.md has it all on one page.

First steps, once npm start serves:
  $ npx punctual doctor
  $ npx punctual send --user-id 'auth0|1' --email ada@example.com --username ada
  $ npx punctual status 'auth0|1' --watch`;

function addGroup(root: Argv, group: string, members: readonly Command[], choose: Choose): void {
  const names = members.map(({ usage }) => usage.split(' ')[1]).join(', ');
  const summary = `${GROUPS[group]}: ${names}`;
  const isEnough = members.some(({ usage }) => wordsOf(usage).length === 1);
  root.command(group, summary, (inner) => {
    addAll(strictly(inner), members, choose, group);
    if (isEnough) return inner;
    return inner
      .usage(`$0 ${group} <command>\n\n${sentence(summary)}`)
      .epilogue('')
      .demandCommand(1, `Name one of ${names}`);
  });
}

function addAll(parser: Argv, commands: readonly Command[], choose: Choose, group = ''): void {
  for (const command of commands) {
    const usage = group === '' ? command.usage : inGroup(command.usage, group);
    parser.command(
      usage,
      command.summary,
      (inner) => describe(strictly(inner), command),
      (args) => choose(command, args as unknown as GlobalFlags),
    );
  }
}

// What comes after the group, or the group itself with what it takes.
function inGroup(usage: string, group: string): string {
  const rest = usage.slice(group.length + 1);
  return wordsOf(usage).length === 1 ? `$0 ${rest}` : rest;
}

function describe(parser: Argv, { usage, summary, details, options, examples, endsWithOne }: Command): Argv {
  for (const [name, option] of Object.entries(options)) {
    const isPositional = new RegExp(`[<[]${name}[\\]>.]`).test(usage);
    if (isPositional) parser.positional(name, { coerce: givenFor(name, option), ...option } as never);
    else parser.options(withArguments({ [name]: { group: 'Flags:', ...option } }));
  }
  parser.usage([`$0 ${usage}`, sentence(summary), ...(details === undefined ? [] : [details])].join('\n\n'));
  const ending = endsWithOne === undefined ? [] : [`Ends with 1 when ${endsWithOne}.`];
  return parser.epilogue([...ending, describeExamples(examples)].join('\n\n'));
}

function describeExamples(examples: Command['examples']): string {
  const lines = examples.flatMap(([typed, words]) => [`  # ${words}`, `  $ npx punctual ${typed}`]);
  return lines.length === 0 ? '' : ['Examples:', ...lines].join('\n');
}

// `--code --yes` would else be a code that is called nothing. Of a flag that is given twice the last counts; the
// parser's own setting for that would drop all but the last of a flag that may be repeated.
function withArguments(options: OptionTable): Record<string, Options> {
  const entries = Object.entries(options).map(([name, option]): [string, Options] => [
    name,
    {
      ...(option.type !== 'boolean' && { requiresArg: true }),
      ...(option.array !== true && { coerce: givenFor(`--${name}`, option) }),
      ...option,
    },
  ]);
  return Object.fromEntries(entries);
}

/** What was given for `name`, which is how one would call it. */
function givenFor(name: string, { type }: Options): (given: unknown) => unknown {
  return (given) => {
    const value = Array.isArray(given) ? given.at(-1) : given;
    if (type === 'number' && Number.isNaN(value)) throw usageError(`${name} is not a number`);
    // A variable of the shell that is not set; whoever typed it meant something, and not everything.
    if (value === '') throw usageError(`${name} is empty`);
    return value;
  };
}

function strictly(parser: Argv): Argv {
  return parser.strict().recommendCommands().showHelpOnFail(false).exitProcess(false).wrap(HELP_WIDTH);
}

function groupsOf(commands: readonly Command[]): Map<string, Command[]> {
  const groups = new Map<string, Command[]>();
  for (const command of commands) {
    const [first = ''] = command.usage.split(' ');
    groups.set(first, [...(groups.get(first) ?? []), command]);
  }
  return groups;
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
