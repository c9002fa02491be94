import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseFlags } from '../../local/flags';
import { openSession } from '../../local/open-session';
import type { Session } from '../../local/session';
import type { LocalRun } from './local-run';
import { createLocalRunClient } from './local-run-client';
import { preparedAssembly } from './prepared-assembly';

/** A run in the process of the test, for what cannot be seen or changed from outside, such as its policies. */
export interface InProcessRun extends LocalRun {
  readonly session: Session;
}

export async function runInProcess(timeScale: number): Promise<InProcessRun> {
  const directory = await mkdtemp(join(tmpdir(), 'punctual-run-'));
  const assembly = ['--assembly', await preparedAssembly()];
  const flags = [...assembly, '--directory', directory, '--time-scale', String(timeScale)];
  const session = await openSession(parseFlags(flags));
  return {
    ...createLocalRunClient(session.outputs.stack, session.outputs.local),
    session,
    directory,
    printed: () => '',
    exitCode: () => null,
    stop: async () => {
      await session.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
