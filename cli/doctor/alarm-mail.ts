import type { Deps } from '../deps';
import { outputOf } from '../target/outputs';
import { type Finding, fail, ok } from './check';

export async function lookAtAlarmMail(deps: Pick<Deps, 'outputs' | 'topic'>): Promise<Finding> {
  const arn = outputOf(await deps.outputs(), 'AlarmTopicArn');
  const told = await (await deps.topic()).subscriptionsOf(arn);
  const confirmed = told.filter(({ isConfirmed }) => isConfirmed);
  if (told.length === 0)
    return fail(
      'nobody is told of alarms',
      'Set alarms.email in punctual.config.ts and deploy, or subscribe to the output AlarmTopicArn',
    );
  if (confirmed.length === told.length)
    return ok(`${[...new Set(told.map(({ protocol }) => protocol))].join(', ')}: confirmed`);
  const todo = 'Follow the link in the mail from AWS Notifications; subscribing again sends another';
  return fail(`${told.length - confirmed.length} of ${told.length} subscriptions are not confirmed`, todo);
}
