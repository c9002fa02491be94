import { type Line, type Style, styled } from '../../terminal/line';
import { wrap } from '../../terminal/wrap';
import { CliError } from '../cli-error';
import { defineCommand, type Report } from '../command';
import type { Deps } from '../deps';
import { type Check, type Finding, fail } from './check';
import { CHECKS } from './checks';

export const doctor = defineCommand({
  usage: 'doctor',
  summary: 'whether all is well, and what to do if not',
  details:
    'Looks at the stack, your permissions, the keys, the API, the clock, the alarms and who they tell, what is parked, invitations and their mails, the tenant and its Actions. Changes nothing.',
  options: {},
  examples: [['doctor --stack UserProvisioning-prod', 'before and after a change']],
  endsWithOne: 'a check fails',
  run: (_, deps) => runDoctor(CHECKS, deps),
});

export type Diagnosis = Finding & { readonly check: string };

export async function runDoctor(checks: readonly Check[], deps: Deps): Promise<Report> {
  // Without the outputs there is nothing to look at, and one clear error says more than ten.
  await deps.outputs();
  const found = await Promise.all(checks.map((check) => diagnose(check, deps)));
  deps.screen.print(...found.flatMap((diagnosis) => describe(diagnosis, deps.screen.width)));
  const failed = found.filter(({ status }) => status === 'fail').length;
  return { exitCode: failed > 0 ? 1 : 0, json: found };
}

/** A check that cannot look has found something. */
async function diagnose({ name, look }: Check, deps: Deps): Promise<Diagnosis> {
  const finding = await look(deps).catch((error) => {
    if (!(error instanceof CliError)) throw error;
    return fail(error.message, error.hint ?? 'Look at the code of the error in docs/cli.md');
  });
  return { check: name, ...finding };
}

const STYLES: Readonly<Record<Finding['status'], Style>> = { ok: 'green', warn: 'yellow', fail: 'red' };
const NAME_WIDTH = 15;
const INDENT = 'fail  '.length + NAME_WIDTH;

function describe({ check, status, words, todo }: Diagnosis, width: number): Line[] {
  const [first = '', ...rest] = [...wrap(words, width - INDENT), ...describeTodo(todo, width - INDENT - 2)];
  return [
    [styled(STYLES[status], status.padEnd(6)), styled('bold', check.padEnd(NAME_WIDTH)), first],
    ...rest.map((line) => `${' '.repeat(INDENT)}${line}`),
  ];
}

/** A command has a line of its own, however long it is, so that it can be copied. */
function describeTodo(todo: string | undefined, width: number): string[] {
  const [words, ...commands] = todo?.split(/ (?=npx punctual )/) ?? [];
  if (words === undefined) return [];
  return [...wrap(words, width), ...commands].map((line, index) => (index === 0 ? `> ${line}` : `  ${line}`));
}
