import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { preparedAssembly } from './prepared-assembly';

const ROOT = join(__dirname, '../..');

/** `npm start` in a process of its own, without npm around it. */
export interface StartedProcess {
  readonly child: ChildProcess;
  /** What it printed so far. */
  readonly printed: () => string;
  /** Ctrl-C; resolves when it has ended. */
  stop(): Promise<void>;
}

/** Starts it with the prepared assembly. */
export async function npmStart(flags: readonly string[]): Promise<StartedProcess> {
  const child = startChild(['--assembly', await preparedAssembly(), ...flags]);
  return { child, printed: collect(child), stop: () => end(child) };
}

/** Runs `npm start` to its end, with the prepared assembly. */
export async function runToEnd(
  flags: readonly string[],
): Promise<{ code: number | null; lines: string[]; errors: string[] }> {
  const child = startChild(['--assembly', await preparedAssembly(), ...flags]);
  const [stdout, stderr]: [string[], string[]] = [[], []];
  child.stdout?.on('data', (chunk) => stdout.push(String(chunk)));
  child.stderr?.on('data', (chunk) => stderr.push(String(chunk)));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  const linesOf = (chunks: string[]) => chunks.join('').split('\n').filter(Boolean);
  return { code, lines: linesOf(stdout), errors: linesOf(stderr) };
}

function startChild(flags: readonly string[]): ChildProcess {
  const args = ['--import', 'tsx', join(__dirname, '../../local/main.ts'), ...flags];
  // The channel ends the run when this process dies without stopping it.
  return spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
}

function collect(child: ChildProcess): () => string {
  const chunks: string[] = [];
  child.stdout?.on('data', (chunk) => chunks.push(String(chunk)));
  child.stderr?.on('data', (chunk) => chunks.push(String(chunk)));
  return () => chunks.join('');
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGINT');
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(timer);
}
