import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const SOURCES = [
  ...['auth0-actions', 'bin', 'docs', 'events', 'examples', 'lambdas', 'lib', 'local'],
  ...['cdk.json', 'package.json', 'package-lock.json', 'punctual.config.ts', 'tsconfig.json'],
];

/** The sources in a directory of their own, with the dependencies of this one. */
export interface WorkingCopy {
  readonly directory: string;
  remove(): Promise<void>;
}

/** As in a clean clone after `npm ci`; `further` are sources beside those that make a run. */
export async function aWorkingCopy(further: readonly string[] = []): Promise<WorkingCopy> {
  const directory = await mkdtemp(join(tmpdir(), 'punctual-copy-'));
  for (const source of [...SOURCES, ...further]) {
    await cp(join(ROOT, source), join(directory, source), { recursive: true });
  }
  await symlink(join(ROOT, 'node_modules'), join(directory, 'node_modules'), 'dir');
  return { directory, remove: () => rm(directory, { recursive: true, force: true }) };
}
