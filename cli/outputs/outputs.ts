import type { Line } from '../../terminal/line';
import { styled } from '../../terminal/line';
import { defineCommand, type Report } from '../command';
import type { Deps } from '../deps';

export const outputs = defineCommand({
  usage: 'outputs',
  summary: 'addresses and ids of the stack',
  details: 'What cdk deploy printed. None of them is a secret.',
  options: {},
  examples: [['outputs --stack UserProvisioning-prod', 'those of a deployed stack']],
  run: showOutputs,
});

export async function showOutputs(_: object, deps: Pick<Deps, 'outputs' | 'screen'>): Promise<Report> {
  const { stackName, values } = await deps.outputs();
  const names = Object.keys(values).sort();
  const width = Math.max(0, ...names.map((name) => name.length)) + 2;
  const lines = names.map((name): Line => [name.padEnd(width), styled('cyan', values[name] ?? '')]);
  deps.screen.print([styled('bold', stackName)], ...lines);
  return { json: { stack: stackName, outputs: values } };
}
