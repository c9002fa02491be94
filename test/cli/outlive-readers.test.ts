import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { defineCommand } from '../../cli/command';
import { outliveReaders } from '../../cli/outlive-readers';
import { runCli } from '../../cli/run-cli';
import { createScreen } from '../../cli/screen';

/** A pipe without a reader, or a disk that is full. It goes on refusing, as stdout does. */
function refusing(code: string): NodeJS.WriteStream {
  const write = (_: unknown, __: unknown, refused: (error: Error) => void) =>
    refused(Object.assign(new Error(code), { code }));
  return new Writable({ write, autoDestroy: false }) as NodeJS.WriteStream;
}

const nextTick = () => new Promise((resolve) => setImmediate(resolve));

/** A command that says something between its two steps, and finds in the end that something is not well. */
async function runTwoSteps(code: string) {
  const done: string[] = [];
  const twoSteps = defineCommand({
    usage: 'steps',
    summary: 'two',
    options: {},
    examples: [],
    run: async (_, { screen }) => {
      for (const step of ['first', 'second']) {
        screen.print(step);
        await nextTick();
        done.push(step);
      }
      return { json: {}, exitCode: 1 };
    },
  });
  const streams = { stdout: refusing(code), stderr: refusing(code) };
  const unwritable: unknown[] = [];
  outliveReaders(streams, (error) => unwritable.push(error.code));
  const exitCode = await runCli(['steps'], { streams, commands: [twoSteps] });
  await nextTick();
  return { done, exitCode, unwritable };
}

test('a command goes on to its end, and to its own exit code, when its reader is gone', async () => {
  const { done, exitCode, unwritable } = await runTwoSteps('EPIPE');
  expect({ done, exitCode, unwritable }).toEqual({ done: ['first', 'second'], exitCode: 1, unwritable: [] });
});

test('it goes on where what it says cannot be written, which is told once', async () => {
  const { done, unwritable } = await runTwoSteps('ENOSPC');
  expect({ done, unwritable }).toEqual({ done: ['first', 'second'], unwritable: ['ENOSPC'] });
});

test('what only shows something can know that nobody reads it', async () => {
  const streams = { stdout: refusing('EPIPE'), stderr: refusing('EPIPE') };
  const screen = createScreen(streams, { silent: false });
  expect(screen.isRead()).toBe(true);
  screen.print('hello');
  await nextTick();
  expect(screen.isRead()).toBe(false);
});

describe('the process', () => {
  const directory = mkdtempSync(join(tmpdir(), 'punctual-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  /** Runs it with the reader of one stream gone from the start. */
  async function unread(stream: 'stdout' | 'stderr', ...words: string[]): Promise<number | null> {
    const bin = join(__dirname, '../../bin/punctual.js');
    const child = spawn(process.execPath, [bin, ...words, '--directory', directory]);
    child[stream].destroy();
    child.stdin.end();
    child[stream === 'stdout' ? 'stderr' : 'stdout'].resume();
    return new Promise((resolve) => child.once('close', resolve));
  }

  test('ends with its own code when nobody reads its errors', async () => {
    expect(await unread('stderr', 'dlq', 'list')).toBe(3);
  });

  test('ends with its own code when nobody reads what it found', async () => {
    const local = { AwsEndpoint: 'http://127.0.0.1:9', Region: 'us-east-1' };
    const outputs = { Stack: { EventApiUrl: 'http://127.0.0.1:9/v1/' }, Local: local };
    writeFileSync(join(directory, 'outputs.json'), JSON.stringify(outputs));
    expect(await unread('stdout', 'doctor')).toBe(1);
  });
});
