import { functionNamed, nameIn, sendingBySns } from './disturb';
import type { Journeys } from './journey';
import { queueUrl, sourceQueueUrl } from './queues';
import { register, rejected } from './walk-events';
import { delays, isLogged, linkedEverywhere, refOf } from './walk-progress';
import { parked, workedOff } from './walk-queues';
import { ALL_SYSTEMS, REMOTE, SYSTEMS, until } from './walked-run';

/** What becomes of events, and of those that nobody takes. */
export const OF_EVENTS: Journeys = {
  async 'a registration becomes an account in every system'(walked) {
    const { run } = walked;
    const user = await register(walked);
    await linkedEverywhere(walked, user);
    await until(walked, 'what was logged of it', async () =>
      isLogged(await run.logs(), await refOf(run, user)),
    );
    await until(walked, 'the access log', async () => ((await run.logs())['api-access'] ?? []).length > 0);
    await workedOff(walked);
  },
  async 'a table that fails makes every connector try again'(walked) {
    const { run } = walked;
    const resource = run.outputs.UserLinkTableName;
    const rule = { service: 'dynamodb', operation: 'PutItem', resource, when: 'before', effect: 'error' };
    const before = await delays(run);
    for (const caller of SYSTEMS) await run.control('POST', '/faults', { ...rule, caller });
    const user = await register(walked);
    const isDelayed = (now: readonly number[]) => now.every((count, at) => count > (before[at] ?? 0));
    await until(walked, 'a delay in every system', async () => isDelayed(await delays(run)));
    await run.control('DELETE', '/faults');
    await linkedEverywhere(walked, user);
  },
  async 'an event that its sender may not send ends in quarantine'(walked) {
    const user = await register(walked, { type: 'user.deleted' });
    await parked(walked, walked.run.outputs.QuarantineQueueUrl, user, ALL_SYSTEMS.length);
    await workedOff(walked);
  },
  async 'an event of an unknown type ends in quarantine'(walked) {
    const user = await register(walked, { type: 'user.renamed' });
    await parked(walked, walked.run.outputs.QuarantineQueueUrl, user);
  },
  async 'an event that no connector can read is parked by each'(walked) {
    const user = await register(walked, { type: 'user.deleted', time: 'yesterday' });
    const find = (name: string) => queueUrl(walked.run.aws.sqs, `system${name}-`, 'systemqueuedead');
    for (const system of ALL_SYSTEMS) await parked(walked, await find(system), user);
    await workedOff(walked);
  },
  async 'an event that a queue does not take waits beside the topic'(walked) {
    const { run } = walked;
    const resource = nameIn(await sourceQueueUrl(run.aws.sqs, REMOTE));
    await run.control('POST', '/faults', { ...sendingBySns(resource), times: 1 });
    await parked(walked, run.outputs.EventTopicDeadLetterQueueUrl, await register(walked));
  },
  async 'an account that a system refuses is told to the team'(walked) {
    const userRef = await rejected(walked);
    await until(walked, 'a notification', async () =>
      (await walked.notifications()).some((notification) => notification.userRef === userRef),
    );
  },
  async 'a change that cannot be told is kept as a failure'(walked) {
    const { run } = walked;
    const caller = await functionNamed(run, 'StatusProjection');
    const rule = { service: 'sns', operation: 'Publish', caller, when: 'before', effect: 'error' };
    await run.control('POST', '/faults', rule);
    await rejected(walked);
    await parked(walked, run.outputs.ProjectionFailureQueueUrl, 'StreamBatchInfo');
    await run.control('DELETE', '/faults');
  },
};
