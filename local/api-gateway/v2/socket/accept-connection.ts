import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocketServer } from 'ws';
import { newRequestId } from '../http/http-context';
import { callRoute, type RouteAnswer, type ServedSocketStage } from './call-route';
import { createFrameMeter } from './frame-meter';
import { LiveConnection } from './live-connection';
import { type ConnectionFacts, createSocketContext } from './socket-context';
import { connectEvent } from './socket-event';

const LARGEST_FRAME_BYTES = 32 * 1024;
const TOO_BIG = 1009;

/** Asks the route $connect and shakes hands when it lets the client in; until then nothing can be sent to it. */
export async function acceptConnection(
  served: ServedSocketStage,
  server: WebSocketServer,
  { request, socket, head }: { request: IncomingMessage; socket: Duplex; head: Buffer },
): Promise<void> {
  const facts = factsOf(served, request);
  served.measure('ConnectCount', 1);
  const answer = await askRoute(served, facts, request);
  if (answer.status < 200 || answer.status >= 300) return refuseHandshake(socket, answer);
  server.handleUpgrade(request, socket, head, (client) => {
    const limit = createFrameMeter(LARGEST_FRAME_BYTES, () => client.close(TOO_BIG, 'Message too long'));
    // Before the library reads it, or the message would have arrived.
    request.socket.prependListener('data', limit);
    new LiveConnection(served, facts, client);
  });
}

function factsOf({ place, clock }: ServedSocketStage, { socket, headers }: IncomingMessage): ConnectionFacts {
  const [sourceIp, userAgent] = [socket.remoteAddress ?? '127.0.0.1', headers['user-agent'] ?? ''];
  const connectedAt = Math.floor(clock.now());
  return { place, connectionId: newRequestId(), connectedAt, identity: { sourceIp, userAgent } };
}

async function askRoute(
  served: ServedSocketStage,
  facts: ConnectionFacts,
  request: IncomingMessage,
): Promise<RouteAnswer> {
  const route = served.routes.get('$connect');
  if (route === undefined) return { status: 200 };
  const context = createSocketContext(facts, 'CONNECT', '$connect', served.clock.now());
  return callRoute(served, route, context, connectEvent(request, context, served.stage.variables));
}

/** In the words of API Gateway, or of the function. */
export function refuseHandshake(socket: Duplex, { status, body, refusal }: RouteAnswer): void {
  const text = refusal === undefined ? (body ?? '') : JSON.stringify({ message: refusal.message });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'connection: close',
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(text)}`,
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${text}`);
}
