import { breakerOf } from '../breaker/breaker-of';
import { CliError } from '../cli-error';
import type { Deps } from '../deps';
import { hasMails } from '../dlq/parked-queue';
import { outputOf, sourceQueuesOf, systemQueuesOf } from '../target/outputs';
import { type Finding, fail, ok } from './check';

type PermissionDeps = Pick<
  Deps,
  | 'outputs'
  | 'describeStack'
  | 'caller'
  | 'queues'
  | 'links'
  | 'systemItems'
  | 'secrets'
  | 'apiKeys'
  | 'topic'
  | 'alarms'
  | 'audit'
  | 'now'
>;

/** Makes each read that the commands make once, and names those that are refused. */
export async function lookAtPermissions(deps: PermissionDeps): Promise<Finding> {
  const refused = (await Promise.all(readsOf(deps).map(refusalOf))).flatMap((refusal) => refusal ?? []);
  const { arn } = await deps.caller();
  const who = arn.split(':').slice(5).join(':');
  if (refused.length === 0) return ok(`${who} may read all that the commands read`);
  return fail(
    `${who} may not do ${[...new Set(refused)].join(', ')}`,
    'docs/operator-policy.json has all that an operator needs',
  );
}

function readsOf(deps: PermissionDeps): (() => Promise<unknown>)[] {
  const output = async (name: string) => outputOf(await deps.outputs(), name);
  const read = async (secret: string) => (await deps.secrets()).read(await output(secret));
  return [
    () => deps.describeStack(),
    () => deps.caller(),
    () => read('SigningSecretArn'),
    () => read('EventStreamSecretArn'),
    () => read('UserRefPepperArn'),
    async () => (await deps.apiKeys()).ofPlan(await output('EventApiUsagePlanId')),
    async () => (await deps.links()).ofUser(await output('UserLinkTableName'), 'nobody'),
    () => readIndex(deps),
    () => readBreaker(deps),
    async () => (await deps.audit()).list(new Date(deps.now()).toISOString().slice(0, 7), 1),
    async () =>
      (await deps.alarms()).telling(await output('AlarmTopicArn'), (await deps.outputs()).stackName),
    async () => (await deps.topic()).subscriptionsOf(await output('AlarmTopicArn')),
    () => readQueues(deps),
  ];
}

async function readIndex(deps: PermissionDeps): Promise<void> {
  const outputs = await deps.outputs();
  const [first] = systemQueuesOf(outputs);
  if (first === undefined) return;
  const links = await deps.links();
  for await (const _ of links.unsettled(outputOf(outputs, 'UserLinkTableName'), first.system)) return;
}

async function readBreaker(deps: PermissionDeps): Promise<void> {
  const outputs = await deps.outputs();
  const [first] = systemQueuesOf(outputs);
  if (first !== undefined) await breakerOf(first, outputs, deps);
}

async function readQueues(deps: PermissionDeps): Promise<void> {
  const outputs = await deps.outputs();
  const queues = await deps.queues();
  const parking = ['EventTopicDeadLetterQueueUrl', 'QuarantineQueueUrl', 'ProjectionFailureQueueUrl'];
  const mails = ['InvitationMailQueueUrl', 'InvitationMailDeadLetterQueueUrl'];
  const urls = [
    ...sourceQueuesOf(outputs).map(({ url }) => url),
    ...[...parking, ...(hasMails(outputs) ? mails : [])].map((name) => outputOf(outputs, name)),
  ];
  await Promise.all(urls.map((url) => queues.depth(url)));
}

/** The IAM action that was refused. Other failures are for the check of what failed. */
async function refusalOf(read: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await read();
    return undefined;
  } catch (error) {
    const isDenied = error instanceof CliError && error.code === 'access-denied';
    return isDenied ? (/may not do (\S+)/.exec(error.message)?.[1] ?? 'something') : undefined;
  }
}
