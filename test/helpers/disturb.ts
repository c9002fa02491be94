import { randomBytes } from 'node:crypto';
import { PurgeQueueCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { type LocalRun, waitFor } from './local-run';
import { queueUrl } from './queues';
import { aRegistration, createUserIds, postSigned, type Signing } from './signed-post';
import { askReadiness } from './status-page';

/** Longer than it takes until all alarms are on. Virtual time. */
export const FOR_THE_WHOLE_TIME = { seconds: 3_600 };
export const nextUser = createUserIds('alarmed');

export const fault = (run: LocalRun, rule: object) => run.control('POST', '/faults', rule);

/** Posts the registration of a user of its own until the API takes it, and gives the user. */
export async function register(run: LocalRun, fields: object = {}, signing?: Signing): Promise<string> {
  const user = nextUser();
  await untilAccepted(async () => postSigned(run, await aRegistration(run, user, fields), signing));
  return user;
}

/** The API of these runs soon has too many calls. */
export const untilAccepted = (send: () => Promise<Response>) =>
  waitFor('an accepted event', async () => (await send()).status === 202);

/** Asks how far somebody is. */
export const askOfSomebody = (run: LocalRun) => askReadiness(run, { user_id: 'auth0|alarmed-1' });

/** Opens a link that nobody sent. */
export const openALink = (run: LocalRun) =>
  fetch(`${run.outputs.InvitationPageUrl}?invitation=${'A'.repeat(22)}.${'B'.repeat(43)}`);

/** The status API of these runs soon has too many calls as well. */
export const untilAnswered = (ask: () => Promise<Response>) =>
  waitFor('an answer', async () => (await ask()).status !== 429);

export const post = async (run: LocalRun) => postSigned(run, await aRegistration(run, nextUser()));

export async function functionNamed(run: LocalRun, words: string): Promise<string> {
  const { functions } = await run.control<{ functions: { name: string }[] }>('GET', '/');
  return functions.find(({ name }) => name.includes(words))?.name ?? words;
}

export const nameIn = (url: string) => url.split('/').at(-1);

export const deadLettersOfTopic = (run: LocalRun) => queueUrl(run.aws.sqs, 'eventtopic', 'deadletters');

const stateIn = async (run: LocalRun, system: string, user: string) =>
  (await run.links(user)).find((link) => link.system === system)?.state;

export async function failPublishing(run: LocalRun, effect: object): Promise<void> {
  const resource = run.outputs.EventTopicArn?.split(':').at(-1);
  await fault(run, { service: 'sns', operation: 'Publish', resource, when: 'before', ...effect });
}

/** Two people of one user name in a system: the second account would be the first one's. */
export async function holdALink(run: LocalRun, system: string): Promise<void> {
  const fields = { username: 'held', email: 'held@example.com' };
  for (const state of ['linked', 'held'] as const) await settleSomebody(run, system, fields, state);
}

/** Tries enough for whoever is slow, and each for so long, in real time. */
const TRIES = 6;
const TRY_MS = 15_000;

// On a busy machine an event may be older than the five minutes for which its signature counts when the API takes it, as
// hours pass in minutes here. Then nobody believes it, and somebody else has to sign up.
async function settleSomebody(
  run: LocalRun,
  system: string,
  fields: object,
  state: 'linked' | 'held',
): Promise<void> {
  const users: string[] = [];
  const isSettled = async () =>
    (await Promise.all(users.map((user) => stateIn(run, system, user)))).includes(state);
  for (let tries = 0; tries < TRIES; tries += 1) {
    users.push(await register(run, fields));
    const seen = waitFor(`somebody ${state} in ${system}`, isSettled, TRY_MS).catch(() => false);
    if ((await seen) !== false) return;
  }
  throw new Error(`Nobody is ${state} in ${system}.`);
}

/** Somebody signs up, again and again, until the alarm has gone off that takes longest. */
export async function keepRegistering(run: LocalRun, until: Promise<unknown>): Promise<void> {
  let over = false;
  const end = until.finally(() => {
    over = true;
  });
  while (!over) {
    await Promise.all([post(run), askOfSomebody(run), openALink(run)]);
    await waitMinutes(run, 1);
  }
  await end;
}

/** Ends every disturbance. */
export async function repair(run: LocalRun): Promise<void> {
  await run.control('DELETE', '/faults');
  await run.control('POST', '/remotes/crm/up');
  const { functions } = await run.control<{ functions: { name: string }[] }>('GET', '/');
  for (const { name } of functions) {
    await run.control('POST', `/functions/${name}/throttle`, { seconds: 0 });
    await run.control('POST', `/functions/${name}/slow`, { seconds: 0, milliseconds: 1 });
  }
}

/** Settles what waits for an operator: held links, and messages where they end. */
export async function clearAway(run: LocalRun): Promise<void> {
  for (const { userRef, system, state } of await run.links()) {
    if (state !== 'held') continue;
    const TableName = run.outputs.UserLinkTableName;
    await run.aws.dynamodb.send(new DeleteCommand({ TableName, Key: { userRef, system } }));
  }
  const { queues } = await run.control<{ queues: Record<string, { visible: number }> }>('GET', '/');
  const parking = Object.entries(queues).filter(
    ([name, { visible }]) => name.startsWith('UserProvisioning') && visible > 0,
  );
  for (const [name] of parking) {
    const QueueUrl = `${run.local.AwsEndpoint}/000000000000/${name}`;
    await run.aws.sqs.send(new PurgeQueueCommand({ QueueUrl }));
  }
}

export const sendingBySns = (resource: string | undefined) => ({
  ...{ service: 'sqs', operation: 'SendMessage', caller: 'sns.amazonaws.com', resource },
  ...{ when: 'before', effect: 'error', status: 403 },
});

export const slow = async (run: LocalRun, words: string, milliseconds: number) =>
  run.control('POST', `/functions/${await functionNamed(run, words)}/slow`, {
    ...FOR_THE_WHOLE_TIME,
    milliseconds,
  });

export const throttle = async (run: LocalRun, words: string) =>
  run.control('POST', `/functions/${await functionNamed(run, words)}/throttle`, FOR_THE_WHOLE_TIME);

/** Has a mail sent of an invitation that is not there. */
export async function sendAMail(run: LocalRun, body?: string): Promise<void> {
  const id = randomBytes(16).toString('base64url');
  const MessageBody = body ?? JSON.stringify({ kind: 'send', id, sending: 1 });
  await run.aws.sqs.send(
    new SendMessageCommand({ QueueUrl: run.outputs.InvitationMailQueueUrl, MessageBody }),
  );
}

export async function waitMinutes(run: LocalRun, minutes: number): Promise<void> {
  const now = async () => Date.parse((await run.control<{ clock: { now: string } }>('GET', '/')).clock.now);
  const end = (await now()) + minutes * 60_000;
  await waitFor(`${minutes} minutes`, async () => (await now()) >= end);
}
