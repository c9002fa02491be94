import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

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
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      calls.push({
        path: request.url,
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      });
      behave(behaviours[Math.min(calls.length, behaviours.length) - 1] ?? 202, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/`, calls, close };
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
