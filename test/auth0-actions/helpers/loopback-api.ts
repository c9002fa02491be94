import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { bodyOf, startLoopbackServer } from '../../helpers/loopback-server';

/** How the API behaves toward one call: a status, a way to fail, or what it says. */
export type Behaviour = number | 'hang' | 'reset' | 'slow-body' | { readonly says: unknown };

export interface ReceivedCall {
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface LoopbackApi {
  readonly url: string;
  readonly calls: readonly ReceivedCall[];
  close(): Promise<void>;
}

/** An API on this machine that meets the calls in the order of `behaviours`, and every further one with the last. */
export async function startLoopbackApi(...behaviours: Behaviour[]): Promise<LoopbackApi> {
  const calls: ReceivedCall[] = [];
  const { url, close } = await startLoopbackServer(async (request, response) => {
    const { url: path, headers } = request;
    calls.push({ path, headers, body: await bodyOf(request) });
    behave(behaviours[Math.min(calls.length, behaviours.length) - 1] ?? 202, response);
  });
  return { url: `${url}/v1/`, calls, close };
}

function behave(behaviour: Behaviour, response: ServerResponse): void {
  if (behaviour === 'hang') return;
  if (behaviour === 'reset') return void response.socket?.destroy();
  if (behaviour === 'slow-body') {
    response.writeHead(202, { 'content-length': '1000' });
    return void response.write('{');
  }
  if (typeof behaviour === 'object') return void response.end(JSON.stringify(behaviour.says));
  response.writeHead(behaviour, { location: 'http://127.0.0.1:9/elsewhere' });
  response.end('{"messageId":"m","requestId":"r"}');
}
