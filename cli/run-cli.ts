import { type Line, renderLine, styled } from '../terminal/line';
import { safeJson } from '../terminal/safe-text';
import { CliError, type ExitCode } from './cli-error';
import type { Command } from './command';
import { COMMANDS } from './commands';
import { createDeps, type GlobalFlags } from './create-deps';
import type { Deps } from './deps';
import { parseCommandLine } from './parse-command-line';
import { hasColour, type Streams } from './screen';

export interface CliOptions {
  readonly streams: Streams;
  readonly commands?: readonly Command[];
  /** Another way to dependencies, for tests. */
  readonly deps?: (flags: GlobalFlags, streams: Streams) => Deps;
}

/** Runs one command line to its end and gives the exit code. */
export async function runCli(argv: readonly string[], options: CliOptions): Promise<ExitCode> {
  const { streams, commands = COMMANDS, deps = createDeps } = options;
  try {
    const typed = await parseCommandLine(argv, commands);
    if ('text' in typed) {
      if (typed.text !== '') streams.stdout.write(`${typed.text}\n`);
      return 0;
    }
    const { json, exitCode = 0 } = await typed.command.run(typed.args as never, deps(typed.args, streams));
    if (typed.args.json) streams.stdout.write(`${safeJson(json)}\n`);
    return exitCode;
  } catch (error) {
    return fail(error, argv.includes('--json'), streams);
  }
}

/** Says what went wrong, on stderr, and gives the exit code. */
export function fail(error: unknown, asJson: boolean, { stderr }: Streams): ExitCode {
  const failure = error instanceof CliError ? error : unexpected(error);
  const { code, message, hint, exitCode } = failure;
  if (asJson) stderr.write(`${safeJson({ error: { code, message, ...(hint && { hint }) } })}\n`);
  else stderr.write(`${renderLine(describe(failure), { colour: hasColour(stderr, process.env) })}\n`);
  return exitCode;
}

function describe({ code, message, hint }: CliError): Line {
  const end = hint?.endsWith('?') ? '' : '.';
  const words = hint === undefined ? `${message}.` : `${message}. ${hint}${end}`;
  return [styled('red', 'punctual:'), ` ${code}: ${words}`];
}

function unexpected(error: unknown): CliError {
  if (process.env.PUNCTUAL_DEBUG) console.error(error);
  const { name, message } = error as Error;
  return new CliError(
    'unexpected',
    `${name}: ${message}`.replace(/\s+/g, ' '),
    'PUNCTUAL_DEBUG=1 shows where',
  );
}
