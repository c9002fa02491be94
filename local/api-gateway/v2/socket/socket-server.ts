import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { WebSocketServer } from 'ws';
import type { DoorAnswer, DoorRequest } from '../../../aws/front-door';
import { readBody } from '../../read-request';
import { acceptConnection, refuseHandshake } from './accept-connection';
import { FORBIDDEN as NO_STAGE, type ServedSocketStage } from './call-route';

const LARGEST_MESSAGE_BYTES = 128 * 1024;

export interface SocketServerOptions {
  readonly stages: ReadonlyMap<string, ServedSocketStage>;
  /** `<id>.execute-api.<region>.amazonaws.com` */
  readonly host: string;
  /** The front door, where calls about connections are counted and judged. */
  readonly manage: (request: DoorRequest) => Promise<DoorAnswer>;
}

/** The server of one WebSocket API: the first part of an address is the stage, below it are its connections. */
export function createSocketServer(options: SocketServerOptions): Server {
  const sockets = new WebSocketServer({
    ...{ noServer: true, maxPayload: LARGEST_MESSAGE_BYTES, perMessageDeflate: false },
    handleProtocols: () => false,
  });
  const server = createServer((request, response) => void manage(options, request, response));
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => undefined);
    const served = options.stages.get(stageIn(request));
    if (served === undefined) return refuseHandshake(socket, { status: 403, refusal: NO_STAGE });
    void acceptConnection(served, sockets, { request, socket, head });
  });
  endWith(server, sockets);
  return server;
}

/** The run is over for the clients as well, and no function hears of it any more. */
function endWith(server: Server, sockets: WebSocketServer): void {
  const closeOthers = server.closeAllConnections.bind(server);
  server.closeAllConnections = () => {
    for (const client of sockets.clients) {
      client.removeAllListeners('close');
      client.terminate();
    }
    closeOthers();
  };
}

/** `/live?ticket=…`, with or without a slash behind the stage. */
function stageIn({ url = '/' }: IncomingMessage): string {
  return /^\/([^/?]+)\/?(\?|$)/.exec(url)?.[1] ?? '';
}

/** Without a signature nobody is asked, as on AWS. */
async function manage(
  { host, manage: ask }: SocketServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = 'GET', url: path = '/' } = request;
  const body = String((await readBody(request)) ?? '');
  const isSigned = request.headers.authorization?.includes('/execute-api/aws4_request') ?? false;
  if (!isSigned || !path.includes('/@connections/')) return send(response, isSigned ? FORBIDDEN : UNSIGNED);
  const headers = { ...(request.headers as Record<string, string | undefined>), host };
  try {
    send(response, await ask({ method, path, headers, body }));
  } catch {
    // A fault that was asked for: no answer at all.
    response.destroy();
  }
}

function send(response: ServerResponse, { status, headers, body }: DoorAnswer): void {
  response.writeHead(status, headers).end(body);
}

const refusal = (message: string): DoorAnswer => ({
  ...{ status: 403, headers: { 'content-type': 'application/json' } },
  body: JSON.stringify({ message }),
});
const FORBIDDEN = refusal('Forbidden');
const UNSIGNED = refusal('Missing Authentication Token');
