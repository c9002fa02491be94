import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChild } from '../../local/run-child';

const ROOT = join(__dirname, '../..');
const SOURCES = [
  ...[
    'auth0-actions',
    'bin',
    'cli',
    'client',
    'docs',
    'events',
    'examples',
    'invitation-mail',
    'invitation-page',
    'lambdas',
    'lib',
    'local',
    'status-page',
    'systems',
    'terminal',
  ],
  ...['cdk.json', 'package.json', 'package-lock.json', 'punctual.config.ts', 'tsconfig.json'],
];

/** The sources in a directory of their own, with the dependencies of this one. */
export interface WorkingCopy {
  readonly directory: string;
  /** Runs a command there and gives what it printed. Rejects with that when it fails. */
  run(command: string, environment?: Record<string, string>): Promise<string>;
  /** Runs a TypeScript there as if it were a file of its root, and gives what it printed. */
  evaluate(code: string, environment?: Record<string, string>): Promise<string>;
  /** What the compiler says of these files and of what they import. Rejects with that when it is anything. */
  compile(files: readonly string[]): Promise<void>;
  /** Synthesizes the stack and bundles the Actions by the code of the copy, into the directory. */
  prepare(): Promise<void>;
  remove(): Promise<void>;
}

/** As in a clean clone after `npm ci`. */
export async function aWorkingCopy(): Promise<WorkingCopy> {
  const directory = await mkdtemp(join(tmpdir(), 'punctual-copy-'));
  for (const source of SOURCES) await cp(join(ROOT, source), join(directory, source), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(directory, 'node_modules'), 'dir');
  const run = (command: string, environment = {}) => runChild(command, { cwd: directory, environment });
  const evaluate = async (code: string, environment = {}) => {
    const file = join(directory, 'evaluated.ts');
    await writeFile(file, code);
    return run('node --import tsx evaluated.ts', environment).finally(() => rm(file));
  };
  const compile = async (files: readonly string[]) => {
    const project = { extends: './tsconfig.json', files, include: [] };
    await writeFile(join(directory, 'tsconfig.files.json'), JSON.stringify(project));
    await run('node_modules/.bin/tsc --noEmit -p tsconfig.files.json');
  };
  const call = `require('./local/prepare').prepare(${JSON.stringify(directory)});`;
  return {
    directory,
    run,
    evaluate,
    compile,
    prepare: async () => void (await evaluate(call)),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}
