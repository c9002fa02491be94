import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CliError } from '../cli-error';
import type { LocalExtras, Outputs } from './outputs';

type LocalOutputs = Outputs & { readonly local: LocalExtras };

/** What the local run of `directory` wrote when it was ready. */
export async function readLocalOutputs(directory: string): Promise<LocalOutputs> {
  const file = join(directory, 'outputs.json');
  const text = await readFile(file, 'utf8').catch(() => {
    throw new CliError(
      'no-local-run',
      `There is no local run: ${file} cannot be read`,
      'Start one with npm start, or name a deployed stack with --stack',
    );
  });
  const outputs = parse(text);
  if (outputs !== undefined) return outputs;
  throw new CliError('bad-outputs', `${file} is not what a local run writes`, 'Start npm start again');
}

function parse(text: string): LocalOutputs | undefined {
  try {
    const { Local: local, ...stacks } = JSON.parse(text) as { Local: LocalExtras };
    const [stack] = Object.entries(stacks as Record<string, Record<string, string>>);
    if (stack === undefined || typeof local?.AwsEndpoint !== 'string') return undefined;
    return { stackName: stack[0], values: stack[1], local };
  } catch {
    return undefined;
  }
}
