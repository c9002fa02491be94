import type { Deps } from '../deps';
import { outputOf } from '../target/outputs';
import { type Finding, fail, ok, warn } from './check';

export async function lookAtAlarms(deps: Pick<Deps, 'outputs' | 'alarms'>): Promise<Finding> {
  const outputs = await deps.outputs();
  const alarms = await (await deps.alarms()).telling(outputOf(outputs, 'AlarmTopicArn'), outputs.stackName);
  const off = alarms.filter(({ isOn }) => !isOn);
  const ringing = alarms.filter(({ state }) => state === 'ALARM');
  if (alarms.length === 0)
    return fail('no alarm tells the alarm topic', 'Somebody removed them: deploy the stack again');
  if (ringing.length > 0)
    return fail(
      `${ringing.length} of ${alarms.length} ring: ${names(ringing)}`,
      'docs/runbook.md has a heading for each',
    );
  if (off.length > 0)
    return warn(
      `${off.length} of ${alarms.length} are switched off: ${names(off)}`,
      'aws cloudwatch enable-alarm-actions --alarm-names …',
    );
  return ok(`${alarms.length} alarms are on, none rings`);
}

const MOST_NAMED = 5;

function names(alarms: readonly { readonly name: string }[]): string {
  const named = alarms.slice(0, MOST_NAMED).map(({ name }) => name);
  return alarms.length > MOST_NAMED ? `${named.join(', ')}, …` : named.join(', ');
}
