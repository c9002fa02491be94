import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LocalOutputs } from '../../local/outputs';
import { createLocalRunClient, type LocalRunClient } from './local-run-client';
import { npmStart, type StartedProcess } from './npm-start';
import { waitFor } from './wait-for';

export { waitFor };

export interface LocalRunOptions {
  /** @default 1 */
  readonly timeScale?: number;
  /** Further flags of `npm start`. @default ['--users', '0'] */
  readonly flags?: readonly string[];
}

/** A running `npm start`, seen from outside. */
export interface LocalRun extends LocalRunClient {
  /** Where outputs.json and the logs are. */
  readonly directory: string;
  /** What it printed so far. */
  printed(): string;
  /** How it ended; null while it runs. */
  exitCode(): number | null;
  /** Rejects, when the run has ended, with what IAM refused in it. */
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 60_000;

/** Starts `npm start` on free ports with a directory of its own, and waits until it serves. */
export async function startLocalRun(options: LocalRunOptions = {}): Promise<LocalRun> {
  const directory = await mkdtemp(join(tmpdir(), 'punctual-run-'));
  const scale = ['--time-scale', String(options.timeScale ?? 1)];
  const started = await npmStart([
    '--directory',
    directory,
    ...scale,
    ...(options.flags ?? ['--users', '0']),
  ]);
  const file = join(directory, 'outputs.json');
  const remove = () => rm(directory, { recursive: true, force: true });
  const end = () => started.stop().finally(remove);
  const text = await waitFor('outputs.json', () => readIfThere(file, started), READY_WITHIN_MS).catch(
    (error) => end().then(() => Promise.reject(error)),
  );
  const { Local: local, ...stacks } = JSON.parse(text) as { Local: LocalOutputs };
  const outputs = Object.values(stacks)[0] as Record<string, string>;
  const client = createLocalRunClient(outputs, local);
  return {
    ...client,
    directory,
    printed: started.printed,
    exitCode: () => started.child.exitCode,
    stop: () => refuseDenials(client).finally(end),
  };
}

/** Whatever a journey saw, it has failed when IAM refused a call on the way. A run that has ended tells nothing. */
async function refuseDenials({ control }: LocalRunClient): Promise<void> {
  const denials = await control<{ words: string }[]>('GET', '/denials').catch(() => []);
  if (denials.length > 0) throw new Error(denials.map(({ words }) => words).join('\n'));
}

async function readIfThere(file: string, { child, printed }: StartedProcess): Promise<string | undefined> {
  if (child.exitCode !== null) throw new Error(`npm start ended with ${child.exitCode}:\n${printed()}`);
  return readFile(file, 'utf8').catch(() => undefined);
}
