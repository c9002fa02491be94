import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Clock } from '../clock';
import { NoAnswer } from './aws-error';
import type { DoorAnswer, DoorRequest } from './front-door';

const LARGEST_BODY = 16 * 1024 * 1024;

/** Serves requests that `answer` handles. A request that gets no answer has its connection broken. */
export function createHttpDoor(
  answer: (request: DoorRequest) => Promise<DoorAnswer>,
  clock: Pick<Clock, 'now'>,
): Server {
  return createServer((incoming, outgoing) => {
    void receive(incoming).then(
      (request) => respond(request, outgoing, answer, clock),
      () => outgoing.destroy(),
    );
  });
}

async function respond(
  request: DoorRequest,
  outgoing: ServerResponse,
  answer: (request: DoorRequest) => Promise<DoorAnswer>,
  clock: Pick<Clock, 'now'>,
): Promise<void> {
  try {
    const { status, headers, body } = await answer(request);
    const date = new Date(clock.now()).toUTCString();
    outgoing.writeHead(status, { ...headers, date, 'content-length': Buffer.byteLength(body) }).end(body);
  } catch (error) {
    if (!(error instanceof NoAnswer)) console.error(error);
    outgoing.destroy();
  }
}

function receive(incoming: IncomingMessage): Promise<DoorRequest> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > LARGEST_BODY) reject(new Error('body too large'));
      else chunks.push(chunk);
    });
    incoming.on('error', reject);
    incoming.on('end', () => {
      const headers = incoming.headers as Record<string, string | undefined>;
      const { method = '', url: path = '/' } = incoming;
      resolve({ method, path, headers, body: Buffer.concat(chunks).toString('utf8') });
    });
  });
}
