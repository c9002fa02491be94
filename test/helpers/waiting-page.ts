import { WebSocket } from 'ws';
import { RETURN_TOKEN_PARAMETER } from '../../events/login-tokens';
import type { SocketMessage, StatusSnapshot, SystemStanding } from '../../events/status-snapshot';
import type { ABrowser, Seen } from './a-browser';

/** What the page of somebody who waits tells its script. */
export interface WaitingPage {
  readonly snapshot: Pick<StatusSnapshot, 'deadlineAt' | 'now' | 'ticket'>;
  readonly sessionToken: string;
  readonly state: string;
  readonly socketUrl: string;
  readonly snapshotUrl: string;
  /** Where its form leads. */
  readonly continueUrl: string;
}

export function readWaitingPage({ status, text, url }: Seen): WaitingPage {
  const [, json] = /<script type="application\/json" id="data">([^<]+)<\/script>/.exec(text) ?? [];
  const [, action = ''] = /<form id="form" method="post" action="([^"]+)">/.exec(text) ?? [];
  if (status !== 200 || json === undefined)
    throw new Error(`${url} answers ${status}: ${text.slice(0, 500)}`);
  return { ...JSON.parse(json), continueUrl: action.replaceAll('&amp;', '&') };
}

/** Listens as the page does. Resolves once every one of `systems` is said to be there. */
export function hearReady(page: WaitingPage, systems: readonly string[]): Promise<void> {
  const { socketUrl, sessionToken: session_token, state, snapshot } = page;
  const waiting = new Set(systems);
  const socket = new WebSocket(`${socketUrl}?${new URLSearchParams({ ticket: snapshot.ticket })}`);
  socket.on('open', () => socket.send(JSON.stringify({ action: 'snapshot', session_token, state })));
  return new Promise<void>((resolve, reject) => {
    socket.on('error', reject);
    socket.on('close', () => reject(new Error(`the socket closed; ${[...waiting]} were not ready`)));
    socket.on('message', (data) => {
      for (const name of readyIn(JSON.parse(String(data)))) waiting.delete(name);
      if (waiting.size === 0) resolve();
    });
  }).finally(() => socket.close());
}

function readyIn(message: SocketMessage): readonly string[] {
  if (message.type === 'expired') throw new Error('the socket says that the login has expired');
  const standings: readonly Pick<SystemStanding, 'name' | 'standing'>[] =
    message.type === 'snapshot'
      ? message.snapshot.systems
      : [{ name: message.system, standing: message.standing }];
  return standings.filter(({ standing }) => standing === 'ready').map(({ name }) => name);
}

/** Goes back to the tenant with what the server says now, as the page does when nothing is waited for any more. */
export async function goOn(page: WaitingPage, browser: ABrowser): Promise<Seen> {
  const { sessionToken: session_token, state } = page;
  const body = JSON.stringify({ session_token, state });
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(page.snapshotUrl, { method: 'POST', headers, body });
  const { returnToken } = (await answer.json()) as StatusSnapshot;
  return browser.post(page.continueUrl, { [RETURN_TOKEN_PARAMETER]: returnToken });
}
