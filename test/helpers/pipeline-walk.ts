import { PurgeQueueCommand } from '@aws-sdk/client-sqs';
import type { CountedCall } from '../../local/aws/call-meter';
import type { AccessRequest } from '../../local/iam/access-request';
import { configuration } from '../../punctual.config';
import { functionNamed, nameIn, sendingBySns } from './disturb';
import type { subscribeInbox } from './inbox';
import { type LocalRun, waitFor } from './local-run';
import { peek, queueUrl, sourceQueueUrl } from './queues';
import { aRegistration, createUserIds, postSigned } from './signed-post';

/** What a walk goes through. */
export interface WalkedRun {
  readonly run: LocalRun;
  /** What a team was told. */
  readonly notifications: Awaited<ReturnType<typeof subscribeInbox>>;
  /** Nobody waits any longer for an end that is not reached. */
  readonly signal?: AbortSignal;
}

/** Goes one way through the pipeline, resolves when its end is reached, and leaves nothing behind. */
export type Journey = (walked: WalkedRun) => Promise<unknown>;

const SYSTEMS = Object.keys(configuration.systems);
const REMOTE = Object.entries(configuration.systems).find(([, { kind }]) => kind === 'scim')?.[0] ?? '';
const WITHIN_MS = 40_000;
const nextUser = createUserIds('walk');

const CENSUS = 'a census is taken';
const ALARM = 'an alarm sends a mail';

/** Every way that an event, a message or a change takes, so that together they use every permission. */
export const JOURNEYS: Readonly<Record<string, Journey>> = {
  async 'a registration becomes an account in every system'(walked) {
    const { run } = walked;
    const user = await register(walked);
    await linkedEverywhere(walked, user);
    await until(walked, 'logs of its connectors', async () => (await logsOfSystems(run)) === SYSTEMS.length);
    await until(walked, 'its projections', async () => (await projections(run, user)) === SYSTEMS.length);
    await until(walked, 'the access log', async () => ((await run.logs())['api-access'] ?? []).length > 0);
    for (const system of SYSTEMS) await workedOff(walked, await sourceQueueUrl(run.aws.sqs, system));
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
    await parked(walked, walked.run.outputs.QuarantineQueueUrl, user, SYSTEMS.length);
  },
  async 'an event of an unknown type ends in quarantine'(walked) {
    const user = await register(walked, { type: 'user.renamed' });
    await parked(walked, walked.run.outputs.QuarantineQueueUrl, user);
  },
  async 'an event that no connector can read is parked by each'(walked) {
    const user = await register(walked, { time: 'yesterday' });
    const find = (name: string) => queueUrl(walked.run.aws.sqs, `system${name}-`, 'systemqueuedead');
    for (const system of SYSTEMS) await parked(walked, await find(system), user);
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
  async [CENSUS](walked) {
    const before = await censuses(walked.run);
    await until(walked, 'a census', async () => (await censuses(walked.run)) > before);
  },
  async [ALARM](walked) {
    const { run } = walked;
    const mails = async () => (await run.control<unknown[]>('GET', '/mails')).length;
    // Only an alarm that is off goes off; a journey before may have left it on.
    await purge(run, run.outputs.QuarantineQueueUrl);
    await until(walked, 'an alarm that is off', async () => (await stateOfAlarm(run)) !== 'ALARM');
    const before = await mails();
    await register(walked, { type: 'user.renamed' });
    await until(walked, 'a mail', async () => (await mails()) > before);
    await purge(run, run.outputs.QuarantineQueueUrl);
  },
};

/** The journey of what happens by itself, whichever journey is being walked. */
export function ofItself({ principal, resource }: AccessRequest): string | undefined {
  const who = principal.kind === 'role' ? principal.arn : principal.name;
  if (`${who} ${resource}`.includes('LinkCensus')) return CENSUS;
  return who === 'cloudwatch.amazonaws.com' ? ALARM : undefined;
}

const until = ({ signal }: WalkedRun, what: string, isSo: () => Promise<boolean>) =>
  waitFor(
    what,
    async () => {
      signal?.throwIfAborted();
      return isSo();
    },
    WITHIN_MS,
  );

/** Posts the registration of somebody new, and gives who that is. */
async function register({ run }: WalkedRun, fields: object = {}): Promise<string> {
  const user = nextUser();
  const answer = await postSigned(run, { ...(await aRegistration(run, user)), ...fields });
  if (answer.status !== 202) throw new Error(`The API answered ${answer.status}: ${await answer.text()}`);
  return user;
}

const linksIn = async (run: LocalRun, user: string, wanted: string) =>
  (await run.links(user)).filter(({ state }) => state === wanted);

const linkedEverywhere = (walked: WalkedRun, user: string) =>
  until(
    walked,
    `${user} everywhere`,
    async () => (await linksIn(walked.run, user, 'linked')).length === SYSTEMS.length,
  );

async function logsOfSystems(run: LocalRun): Promise<number> {
  const logs = await run.logs();
  return SYSTEMS.filter((system) => logs[system] !== undefined).length;
}

/** How often each connector put off a message. */
async function delays(run: LocalRun): Promise<number[]> {
  const calls = await run.control<CountedCall[]>('GET', '/calls');
  const countOf = (system: string) =>
    calls.find(({ caller, operation }) => caller === system && operation === 'ChangeMessageVisibility')
      ?.count;
  return SYSTEMS.map((system) => countOf(system) ?? 0);
}

async function projections(run: LocalRun, user: string): Promise<number> {
  const userRef = String((await run.links(user))[0]?.userRef);
  const lines = Object.values(await run.logs()).flat();
  return lines.filter((line) => line.includes('"outcome":"linked"') && line.includes(userRef)).length;
}

async function censuses(run: LocalRun): Promise<number> {
  const lines = Object.values(await run.logs()).flat();
  return lines.filter((line) => line.includes('"LinksHeld"')).length;
}

async function stateOfAlarm(run: LocalRun): Promise<string | undefined> {
  const alarms = await run.control<{ name: string; state: string }[]>('GET', '/alarms');
  return alarms.find(({ name }) => name.endsWith('-quarantine-messages'))?.state;
}

/** Registers somebody whom a system refuses, and gives the userRef. */
async function rejected(walked: WalkedRun): Promise<string> {
  const { run } = walked;
  const fault = { remote: REMOTE, operation: 'POST /Users', when: 'before', effect: 'error', status: 400 };
  await run.control('POST', '/faults', { ...fault, times: 1 });
  const user = await register(walked);
  await until(
    walked,
    'a link that is rejected',
    async () => (await linksIn(run, user, 'rejected')).length > 0,
  );
  return String((await linksIn(run, user, 'rejected'))[0]?.userRef);
}

/** Waits for messages with `words`, and leaves the queue empty for whoever walks here next. */
async function parked(walked: WalkedRun, url: string | undefined, words: string, count = 1): Promise<void> {
  const { run } = walked;
  const found = async () =>
    (await peek(run.aws.sqs, url ?? '')).filter(({ body }) => body.includes(words)).length;
  await until(walked, `${count} parked`, async () => (await found()) >= count);
  await purge(run, url);
}

/** Nothing is waiting in the queue, and nothing is being worked on. */
const workedOff = ({ run, ...walked }: WalkedRun, url: string) =>
  until({ run, ...walked }, `an empty ${url}`, async () => {
    const { queues } = await run.control<{ queues: Record<string, object> }>('GET', '/');
    return Object.values(queues[nameIn(url) ?? ''] ?? {}).every((count) => count === 0);
  });

async function purge(run: LocalRun, url: string | undefined): Promise<void> {
  await run.aws.sqs.send(new PurgeQueueCommand({ QueueUrl: url }));
}
