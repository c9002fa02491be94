import { PurgeQueueCommand } from '@aws-sdk/client-sqs';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { pathOfUser } from '../../lambdas/provisioning-api/user-path';
import type { CountedCall } from '../../local/aws/call-meter';
import { configuration } from '../../punctual.config';
import type { TokenIssuer } from './a-token-issuer';
import type { subscribeInbox } from './inbox';
import { type LocalRun, waitFor } from './local-run';
import { peek } from './queues';
import { aRegistration, createUserIds, postSigned } from './signed-post';
import { secretIn } from './status-page';

/** What a walk goes through. */
export interface WalkedRun {
  readonly run: LocalRun;
  /** Makes tokens of the tenant. */
  readonly tokens: TokenIssuer;
  /** What a team was told. */
  readonly notifications: Awaited<ReturnType<typeof subscribeInbox>>;
  /** Nobody waits any longer for an end that is not reached. */
  readonly signal?: AbortSignal;
}

const isGranting = ([, { kind }]: readonly [string, { readonly kind: string }]) => kind === 'auth0';
const CONFIGURED = Object.entries(configuration.systems);
/** Every system with a queue of its own. */
export const ALL_SYSTEMS = CONFIGURED.map(([name]) => name);
/** Those in which everybody gets an account. */
export const SYSTEMS = CONFIGURED.filter((one) => !isGranting(one)).map(([name]) => name);
/** What gives people what an invitation brings. */
export const GRANTING = CONFIGURED.find(isGranting)?.[0] ?? '';
export const CONNECTION = { id: 'con_1', name: 'Username-Password-Authentication', strategy: 'auth0' };
/** A system that is asked over the internet. */
export const REMOTE =
  Object.entries(configuration.systems).find(([, { kind }]) => kind === 'scim')?.[0] ?? '';
const WITHIN_MS = 40_000;
export const nextUser = createUserIds('walk');

export const until = ({ signal }: WalkedRun, what: string, isSo: () => Promise<boolean>) =>
  waitFor(
    what,
    async () => {
      signal?.throwIfAborted();
      return isSo();
    },
    WITHIN_MS,
  );

/** Posts the registration of somebody new, and gives who that is. */
export async function register({ run }: WalkedRun, fields: object = {}, user = nextUser()): Promise<string> {
  const answer = await postSigned(run, { ...(await aRegistration(run, user)), ...fields });
  if (answer.status !== 202) throw new Error(`The API answered ${answer.status}: ${await answer.text()}`);
  return user;
}

/** Has the provisioning API make an account for somebody whom nobody told of. */
export async function askForAccount({ run, tokens }: WalkedRun, user: string): Promise<Response> {
  const created_at = new Date(Date.now() - 60_000).toISOString();
  const name = user.replace(/\W/g, '-');
  const said = { created_at, email: `${name}@example.com`, username: name };
  const audience = { aud: 'https://punctual/dev', scope: 'write:me' };
  const came = { name: 'Username-Password-Authentication', strategy: 'auth0' };
  const claims = { 'https://punctual.dev/user': said, 'https://punctual.dev/connection': came };
  const token = await tokens.sign({ ...audience, ...claims, sub: user });
  const headers = { authorization: `Bearer ${token}`, prefer: 'wait=20' };
  return fetch(`${run.outputs.ProvisioningApiUrl}me/links/${REMOTE}`, { method: 'PUT', headers });
}

/** Somebody signs up in the tenant; gives who that is. */
export async function signUp({ run }: WalkedRun, more: object = {}): Promise<string> {
  const user = nextUser();
  const profile = { user_id: user, email: `${user.replace(/\W/g, '-')}@example.com`, ...more };
  await run.control('POST', '/users', { connection: CONNECTION, user: profile });
  return user;
}

/** Has it change something of somebody whom the tenant knows. */
export async function changeOwn(walked: WalkedRun): Promise<Response> {
  const { run, tokens } = walked;
  const user = await signUp(walked);
  await linkedEverywhere(walked, user);
  const token = await tokens.sign({ aud: 'https://punctual/dev', scope: 'write:me', sub: user });
  return fetch(`${run.outputs.ProvisioningApiUrl}me`, {
    ...{ method: 'PATCH', body: '{"user_metadata":{"theme":"dark"}}' },
    headers: { authorization: `Bearer ${token}` },
  });
}

/** Has it list links as an administrator does. */
export const listHeld = (walked: WalkedRun): Promise<Response> =>
  administer(walked, 'read:links', 'GET', `links?system=${REMOTE}&state=held`);

/** Has it erase somebody. */
export const erase = (walked: WalkedRun, user: string): Promise<Response> =>
  administer(walked, 'erase:users', 'POST', `users/${pathOfUser(user)}/erasure`);

/** Asks the API as a program of an administrator does. */
export async function administer(
  { run, tokens }: WalkedRun,
  scope: string,
  method: string,
  path: string,
  body?: object,
): Promise<Response> {
  const program = { aud: 'https://punctual/dev', sub: 'tool@clients', azp: 'tool' };
  const headers = { authorization: `Bearer ${await tokens.sign({ ...program, scope })}` };
  const sent = body !== undefined && { body: JSON.stringify(body) };
  return fetch(`${run.outputs.ProvisioningApiUrl}${path}`, { method, headers, ...sent });
}

const linksIn = async (run: LocalRun, user: string, wanted: string) =>
  (await run.links(user)).filter(({ state }) => state === wanted);

export const linkedEverywhere = (walked: WalkedRun, user: string, state = 'linked', systems = SYSTEMS) =>
  until(
    walked,
    `${user} ${state} everywhere`,
    async () => (await linksIn(walked.run, user, state)).length === systems.length,
  );

/** Tells of the deletion as Auth0's event stream does. */
export async function tellDeletion({ run }: WalkedRun, user: string): Promise<void> {
  const [link] = await run.links(user);
  const secret = await secretIn(run, run.outputs.EventStreamSecretArn);
  const deletion = {
    ...(await aRegistration(run, user, { created_at: link?.generation })),
    id: `del_${link?.userRef}`,
  };
  const answer = await postSigned(run, { ...deletion, type: 'user.deleted' }, { secret: `whsec_${secret}` });
  if (answer.status !== 202) throw new Error(`The API answered ${answer.status}: ${await answer.text()}`);
}

/** Lets the next step of each link of the user be due, for which a walk cannot wait. */
export async function comeDue({ run }: WalkedRun, user: string): Promise<void> {
  for (const { userRef, system } of await run.links(user)) {
    const update = new UpdateCommand({
      TableName: run.outputs.UserLinkTableName,
      Key: { userRef, system },
      UpdateExpression: 'SET dueAt = :past, remindAt = :past, revision = revision + :one',
      ExpressionAttributeValues: { ':past': 1, ':one': 1 },
    });
    await run.aws.dynamodb.send(update);
  }
}

/** Whether all accounts are switched off and wait for their removal. */
export const areOff = (links: readonly { next?: string }[]) =>
  links.length === ALL_SYSTEMS.length && links.every(({ next }) => next === 'delete');

/** How often each connector put off a message. */
export async function delays(run: LocalRun, systems = SYSTEMS): Promise<number[]> {
  const calls = await run.control<CountedCall[]>('GET', '/calls');
  const countOf = (system: string) =>
    calls.find(({ caller, operation }) => caller === system && operation === 'ChangeMessageVisibility')
      ?.count;
  return systems.map((system) => countOf(system) ?? 0);
}

export const refOf = async (run: LocalRun, user: string) => String((await run.links(user))[0]?.userRef);

/** Whether every connector wrote of the user, and the projection of each link. */
export function isLogged(logs: Record<string, string[]>, userRef: string): boolean {
  const isWrittenBy = (system: string) => (logs[system] ?? []).some((line) => line.includes(userRef));
  const others = Object.keys(logs).filter((name) => !SYSTEMS.includes(name));
  const projected = others
    .flatMap((name) => logs[name] ?? [])
    .filter((line) => line.includes(userRef) && line.includes('"linked"'));
  return SYSTEMS.every(isWrittenBy) && projected.length === SYSTEMS.length;
}

export async function censuses(run: LocalRun): Promise<number> {
  const lines = Object.values(await run.logs()).flat();
  return lines.filter((line) => line.includes('"LinksHeld"')).length;
}

export async function stateOfAlarm(run: LocalRun): Promise<string | undefined> {
  const alarms = await run.control<{ name: string; state: string }[]>('GET', '/alarms');
  return alarms.find(({ name }) => name.endsWith('-quarantine-messages'))?.state;
}

/** Registers somebody whom a system refuses, and gives the userRef. */
export async function rejected(walked: WalkedRun): Promise<string> {
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
export async function parked(
  walked: WalkedRun,
  url: string | undefined,
  words: string,
  count = 1,
): Promise<void> {
  const { run } = walked;
  const found = async () =>
    (await peek(run.aws.sqs, url ?? '')).filter(({ body }) => body.includes(words)).length;
  await until(walked, `${count} parked`, async () => (await found()) >= count);
  await purge(run, url);
}

/** No system has anything waiting, and none is working on anything. */
export const workedOff = (walked: WalkedRun) =>
  until(walked, 'empty queues', async () => {
    const { queues } = await walked.run.control<{ queues: Record<string, object> }>('GET', '/');
    const sources = Object.entries(queues).filter(([name]) =>
      ALL_SYSTEMS.some((one) => name.startsWith(`${one}-`)),
    );
    return sources.every(([, counts]) => Object.values(counts).every((count) => count === 0));
  });

export async function purge(run: LocalRun, url: string | undefined): Promise<void> {
  await run.aws.sqs.send(new PurgeQueueCommand({ QueueUrl: url }));
}
