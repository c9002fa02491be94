import { once } from 'node:events';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { SignJWT } from 'jose';
import { WebSocket } from 'ws';
import type { SocketMessage, StatusSnapshot } from '../../events/status-snapshot';
import type { LocalRun } from './local-run';
import { runTime, signedHeaders } from './signed-post';
import { waitFor } from './wait-for';

/** What a login calls itself while it waits. */
export const STATE = 'hKFo2SAtNkx2Mi1xcm9sek5HRXBJU0JsVFdGMUlh';

/** The text of a secret of the run. */
export async function secretIn(run: LocalRun, SecretId: string | undefined): Promise<string> {
  return (await run.aws.secrets.send(new GetSecretValueCommand({ SecretId }))).SecretString ?? '';
}

/** A status token, as the Action makes it when it sends a person to the page. */
export async function statusToken(run: LocalRun, userId: string, claims: object = {}): Promise<string> {
  const at = await runTime(run);
  const payload = {
    ...{ purpose: 'status', sub: userId, iss: 'login.acme.com', exp: Math.floor(at / 1000) + 300 },
    ...{ origin: 'https://login.acme.com', at, connection: 'Username-Password-Authentication', ...claims },
  };
  const secret = new TextEncoder().encode(await secretIn(run, run.outputs.StatusSecretArn));
  return new SignJWT(payload).setProtectedHeader({ alg: 'HS256' }).sign(secret);
}

/** Asks for the page as a browser does that was sent there. */
export function getPage(run: LocalRun, session_token: string, state = STATE): Promise<Response> {
  return fetch(`${run.outputs.StatusPageUrl}?${new URLSearchParams({ session_token, state })}`);
}

export function postTo(run: LocalRun, path: string, body: object, headers: object = {}): Promise<Response> {
  return fetch(new URL(path, run.outputs.StatusPageUrl), {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  });
}

export async function snapshotOf(
  run: LocalRun,
  session_token: string,
  state = STATE,
): Promise<StatusSnapshot> {
  const answer = await postTo(run, 'snapshot', { session_token, state });
  if (answer.status !== 200) throw new Error(`The status API answered ${answer.status}.`);
  return (await answer.json()) as StatusSnapshot;
}

/** Asks how far a person is, as the Action does. */
export async function askReadiness(run: LocalRun, body: object): Promise<Response> {
  return postTo(run, 'readiness', body, await signedHeaders(run, JSON.stringify(body)));
}

/** The socket of a page. */
export interface PageSocket {
  readonly heard: readonly SocketMessage[];
  ask(session_token: string, state?: string): void;
  /** Resolves with the first message that is so. */
  hears(what: string, isIt: (message: SocketMessage) => boolean): Promise<SocketMessage>;
  close(): Promise<void>;
}

/** Opens a socket with a ticket. Rejects when it is refused. */
export async function openSocket(run: LocalRun, ticket: string): Promise<PageSocket> {
  const socket = new WebSocket(`${run.outputs.StatusSocketUrl}?${new URLSearchParams({ ticket })}`);
  const heard: SocketMessage[] = [];
  socket.on('message', (data) => heard.push(JSON.parse(String(data))));
  await once(socket, 'open');
  return {
    heard,
    ask: (session_token, state = STATE) =>
      socket.send(JSON.stringify({ action: 'snapshot', session_token, state })),
    hears: (what, isIt) => waitFor(what, async () => heard.find(isIt)),
    close: async () => {
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    },
  };
}

/** The sockets that are noted as open. */
export async function notedSockets(run: LocalRun): Promise<{ userRef: string }[]> {
  const { TableNames = [] } = await run.aws.dynamodb.send(new ListTablesCommand({}));
  const TableName = TableNames.find((name) => name.includes('StatusApiConnections'));
  return ((await run.aws.dynamodb.send(new ScanCommand({ TableName }))).Items ?? []) as { userRef: string }[];
}
