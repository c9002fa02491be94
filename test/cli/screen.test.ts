import { PassThrough } from 'node:stream';
import { createScreen, hasColour } from '../../cli/screen';
import { styled } from '../../terminal/line';
import { startProgressBar } from '../../terminal/progress-bar';

/** A stream that remembers, as a terminal or as a pipe. */
function aStream(terminal?: { columns?: number; rows?: number }) {
  const stream = Object.assign(new PassThrough(), terminal === undefined ? {} : { isTTY: true, ...terminal });
  return {
    stream: stream as unknown as NodeJS.WriteStream,
    written: () => String(stream.read() ?? ''),
  };
}

const ESCAPE = '\u001b';
const setUp = (terminal?: { columns?: number; rows?: number }, silent = false) => {
  const [stdout, stderr] = [aStream(terminal), aStream(terminal)];
  return {
    stdout,
    stderr,
    screen: createScreen({ stdout: stdout.stream, stderr: stderr.stream }, { silent }),
  };
};

test.each([
  ['a terminal', { columns: 80 }, {}, true],
  ['a pipe', undefined, {}, false],
  ['a terminal of somebody who wants none', { columns: 80 }, { NO_COLOR: '1' }, false],
  ['a terminal that is dumb', { columns: 80 }, { TERM: 'dumb' }, false],
])('%s is written to as it wants', (_, terminal, environment, colour) => {
  expect(hasColour(aStream(terminal).stream, environment)).toBe(colour);
});

test('a pipe gets plain lines without trailing blanks', () => {
  const { stdout, screen } = setUp();
  screen.print([styled('red', 'bad'), '   '], '');
  expect(stdout.written()).toBe('bad\n\n');
  expect(screen.width).toBe(80);
});

test.each([
  [false, 'punctual: audit-open: Words \\u{1b}[2J.\n'],
  [true, '{"warning":{"code":"audit-open","message":"Words \\u001b[2J"}}\n'],
])('a warning is one line on stderr, as JSON with --json: %j', (silent, line) => {
  const { stdout, stderr, screen } = setUp(undefined, silent);
  screen.warn('audit-open', `Words ${ESCAPE}[2J`);
  expect([stdout.written(), stderr.written()]).toEqual(['', line]);
});

test('a terminal is drawn over, a pipe gets what is new', () => {
  const [terminal, pipe] = [setUp({ columns: 60, rows: 24 }), setUp()];
  for (const { screen } of [terminal, pipe]) {
    screen.redraw(['head', 'crm pending']);
    screen.redraw(['head', 'crm linked']);
  }
  expect(terminal.stdout.written()).toBe(`head\ncrm pending\n${ESCAPE}[2A${ESCAPE}[Jhead\ncrm linked\n`);
  expect(pipe.stdout.written()).toBe('head\ncrm pending\ncrm linked\n');
  expect(terminal.screen.width).toBe(60);
});

test('a terminal that is too low to draw over is written on', () => {
  const { stdout, screen } = setUp({ columns: 60, rows: 2 });
  screen.redraw(['one', 'two']);
  screen.redraw(['one', 'three']);
  expect(stdout.written()).toBe('one\ntwo\none\nthree\n');
});

test('nothing is said where JSON is', () => {
  const { stdout, screen } = setUp({ columns: 60 }, true);
  screen.print('words');
  screen.redraw(['words']);
  expect(stdout.written()).toBe('');
});

describe('a progress bar', () => {
  const draw = (terminal: { columns: number } | undefined, total: number) => {
    const { stream, written } = aStream(terminal);
    Object.assign(stream, { cursorTo: () => true, clearLine: () => true });
    const bar = startProgressBar(total, 'redriving', stream);
    bar.update(total + 5);
    bar.stop();
    return written();
  };

  test('says what goes on and how far it is, on a terminal', () => {
    expect(draw({ columns: 80 }, 40)).toMatch(/redriving .* 40 of 40/s);
  });

  test('is not drawn into a pipe, nor for a few', () => {
    expect([draw(undefined, 40), draw({ columns: 80 }, 2)]).toEqual(['', '']);
  });
});
