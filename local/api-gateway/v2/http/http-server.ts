import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { handleHttpRequest, type ServedHttpStage } from './handle-http-request';
import type { HttpAnswer } from './proxy-answer';
import { type HttpRequest, readHttpRequest } from './read-http-request';

const DEFAULT_STAGE = '$default';
/** Beyond the limit of API Gateway, so that it is ours that answers. */
const MAX_HEADER_SIZE = 65_536;

/** The HTTP server of one HTTP API. The stage `$default` has no name in addresses, any other is the first part. */
export function createHttpServer(stages: ReadonlyMap<string, ServedHttpStage>): Server {
  return createServer({ maxHeaderSize: MAX_HEADER_SIZE }, (request, response) => {
    void respond(stages, request, response).catch((error) => {
      console.error(error);
      response.destroy();
    });
  });
}

async function respond(
  stages: ReadonlyMap<string, ServedHttpStage>,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const request = await readHttpRequest(incoming);
  const found = findStage(stages, request);
  if (found === undefined) return send(incoming, response, NO_STAGE, Date.now());
  const answer = await handleHttpRequest(found.served, request, found.path);
  send(incoming, response, answer, found.served.clock.now());
}

function findStage(
  stages: ReadonlyMap<string, ServedHttpStage>,
  { path }: HttpRequest,
): { served: ServedHttpStage; path: string } | undefined {
  const [, first = '', ...rest] = path.split('/');
  const named = first === DEFAULT_STAGE ? undefined : stages.get(first);
  if (named) return { served: named, path: `/${rest.join('/')}` };
  const served = stages.get(DEFAULT_STAGE);
  return served && { served, path };
}

const NO_STAGE: HttpAnswer = {
  status: 404,
  headers: { 'content-type': 'application/json' },
  cookies: [],
  body: Buffer.from('{"message":"Not Found"}'),
};

/** Signers who trust the date keep up with a run whose time goes faster. */
function send({ method }: IncomingMessage, response: ServerResponse, answer: HttpAnswer, now: number): void {
  const { status, headers, cookies, body } = answer;
  const own = { date: new Date(now).toUTCString(), 'content-length': body.length };
  response.writeHead(status, {
    ...own,
    ...headers,
    ...(cookies.length > 0 && { 'set-cookie': [...cookies] }),
  });
  response.end(method === 'HEAD' ? undefined : body);
}
