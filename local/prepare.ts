import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ACTIONS } from '../auth0-actions/actions';
import { LocalError } from './local-error';
import { runChild } from './run-child';

/** What a run is made from. */
export interface Prepared {
  /** The synthesized cloud assembly. */
  readonly assembly: string;
  /** The bundled Actions of a trigger, in the order in which they are bound. Those that were not built are left out. */
  readonly actionFiles: (trigger: string) => readonly string[];
}

const ROOT = join(__dirname, '..');

/** Where `prepare` puts things. */
export function preparedIn(directory: string): Prepared {
  return {
    assembly: resolve(directory, 'cdk.out'),
    actionFiles: (trigger) =>
      ACTIONS.filter((action) => action.trigger === trigger)
        .map(({ name }) => actionIn(directory, name))
        .filter((file) => existsSync(file)),
  };
}

function actionIn(directory: string, name: string): string {
  return resolve(directory, 'dist/actions/actions', name, 'code.js');
}

/**
 * Synthesizes the stack and bundles the Actions, each in a process of its own: what runs locally is what they
 * wrote and nothing they hold in memory. Fails with `synth-failed` or `bundle-failed`.
 */
export async function prepare(directory: string): Promise<Prepared> {
  await mkdir(directory, { recursive: true });
  const prepared = preparedIn(directory);
  await Promise.all([synthesize(prepared.assembly), bundleActions(directory)]);
  return prepared;
}

/**
 * What `cdk synth` does, without the seconds that the CLI takes for itself, and without asking the rules of
 * CloudFormation, which takes as long as all else: they are for who deploys.
 */
async function synthesize(outdir: string): Promise<void> {
  const { app, context } = JSON.parse(await readFile(join(ROOT, 'cdk.json'), 'utf8'));
  const environment = {
    CDK_OUTDIR: outdir,
    CDK_CONTEXT_JSON: JSON.stringify(context),
    CDK_VALIDATION: 'false',
  };
  await runChild(String(app), { cwd: ROOT, environment }).catch(explain('synth-failed', 'The synthesis'));
}

async function bundleActions(directory: string): Promise<void> {
  const command = `node --import "${require.resolve('tsx')}" "${join(ROOT, 'auth0-actions/bundle.ts')}"`;
  await runChild(command, { cwd: resolve(directory) }).catch(
    explain('bundle-failed', 'Bundling the Actions'),
  );
}

function explain(code: string, what: string): (error: Error) => never {
  return (error) => {
    throw new LocalError(code, `${what} failed:\n${error.message}`);
  };
}
