import type { Line } from '../../terminal/line';
import { styled } from '../../terminal/line';
import { usageError } from '../cli-error';
import { defineCommand, type Report } from '../command';
import type { Deps } from '../deps';
import { nearest } from '../nearest';

export const outputs = defineCommand({
  usage: 'outputs [name]',
  summary: 'addresses and ids of the stack, or one alone',
  details: 'What cdk deploy printed. None of them is a secret.',
  options: {
    name: { type: 'string', description: 'prints the value of this one and nothing else' },
  },
  examples: [
    ['outputs --stack UserProvisioning-prod', 'those of a deployed stack'],
    ['outputs UserLinkTableName', 'one, for a variable of the shell'],
  ],
  run: showOutputs,
});

type OutputsDeps = Pick<Deps, 'outputs' | 'screen'>;

export async function showOutputs(
  args: { readonly name?: string | undefined },
  deps: OutputsDeps,
): Promise<Report> {
  const { stackName, values } = await deps.outputs();
  const names = Object.keys(values).sort();
  if (args.name !== undefined) return showOne(values[args.name] ?? missing(args.name, names), deps);
  const width = Math.max(0, ...names.map((name) => name.length)) + 2;
  const lines = names.map((name): Line => [name.padEnd(width), styled('cyan', values[name] ?? '')]);
  deps.screen.print([styled('bold', stackName)], ...lines);
  return { json: { stack: stackName, outputs: values } };
}

function showOne(value: string, { screen }: OutputsDeps): Report {
  screen.print(value);
  return { json: value };
}

function missing(name: string, names: readonly string[]): never {
  const meant = nearest(name, names);
  throw usageError(
    `There is no output ${name}${meant === undefined ? '' : `; the nearest is ${meant}`}`,
    'npx punctual outputs lists them',
  );
}
