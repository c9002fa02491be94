import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { GatewayAnswer } from './definitions';
import { handleRequest, type ServedStage } from './handle-request';
import { readRequest } from './read-request';

/** The HTTP server of one REST API; the first part of a path is the stage, as in an execute-api address. */
export function createApiServer(stages: ReadonlyMap<string, ServedStage>): Server {
  return createServer((request, response) => void respond(stages, request, response));
}

async function respond(
  stages: ReadonlyMap<string, ServedStage>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { stageName, asked } = await readRequest(request);
  const served = stages.get(stageName);
  if (served === undefined) return send(response, NO_STAGE);
  const answer = await handleRequest(served, asked);
  // Signers who trust the date keep up with a run whose time goes faster.
  send(response, {
    ...answer,
    headers: { date: new Date(served.clock.now()).toUTCString(), ...answer.headers },
  });
}

const NO_STAGE: GatewayAnswer = {
  status: 403,
  headers: { 'Content-Type': 'application/json' },
  body: '{"message":"Forbidden"}',
};

function send(response: ServerResponse, { status, headers, body }: GatewayAnswer): void {
  response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}
