import { type Line, renderLine, styled } from '../terminal/line';
import { startProgressBar } from '../terminal/progress-bar';
import { safeJson } from '../terminal/safe-text';
import type { Screen } from './deps';

export interface Streams {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

const DEFAULT_WIDTH = 80;

/** Colours only where somebody sees them and has not asked for none: https://no-color.org */
export function hasColour(stream: NodeJS.WriteStream, environment: NodeJS.ProcessEnv): boolean {
  return stream.isTTY === true && !environment.NO_COLOR && environment.TERM !== 'dumb';
}

export function createScreen({ stdout, stderr }: Streams, { silent }: { readonly silent: boolean }): Screen {
  const colour = hasColour(stdout, process.env);
  const width = stdout.columns || DEFAULT_WIDTH;
  let isRead = true;
  stdout.once('error', () => {
    isRead = false;
  });
  const write = (lines: readonly Line[]) => {
    for (const line of lines) stdout.write(`${renderLine(line, { colour }).trimEnd()}\n`);
  };
  return {
    width,
    isRead: () => isRead,
    print: silent ? () => undefined : (...lines) => write(lines),
    warn: (code, words) => {
      const line = renderLine([styled('yellow', 'punctual:'), ` ${code}: ${words}.`], {
        colour: hasColour(stderr, process.env),
      });
      stderr.write(`${silent ? safeJson({ warning: { code, message: words } }) : line}\n`);
    },
    redraw: silent ? () => undefined : stdout.isTTY ? drawOver(stdout, write) : printNew(write),
    progress: (total, what) => startProgressBar(total, what, stderr),
  };
}

/** Draws over the lines of the last call, as long as they are still on the screen. */
function drawOver(stdout: NodeJS.WriteStream, write: (lines: readonly Line[]) => void): Screen['redraw'] {
  let drawn = 0;
  return (lines) => {
    if (drawn > 0 && drawn < (stdout.rows || 24)) stdout.write(`\u001b[${drawn}A\u001b[J`);
    write(lines);
    drawn = lines.length;
  };
}

/** Into a file or a pipe a line goes once, and again only when it changed. */
function printNew(write: (lines: readonly Line[]) => void): Screen['redraw'] {
  let printed = new Set<string>();
  return (lines) => {
    write(lines.filter((line) => !printed.has(JSON.stringify(line))));
    printed = new Set(lines.map((line) => JSON.stringify(line)));
  };
}
