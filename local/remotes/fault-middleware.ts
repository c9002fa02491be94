import type { RequestHandler, Response } from 'express';
import { operationOf, type RemoteFault, type RemoteFaults } from './remote-faults';

/** Lets requests fail before or after they took effect. */
export function createFaultMiddleware(faults: RemoteFaults, kill: () => void): RequestHandler {
  return (request, response, next) => {
    const operation = operationOf(request.method, request.path);
    const before = faults.take(operation, 'before');
    if (before) return apply(before, response, kill);
    spoilAnswer(response, () => faults.take(operation, 'after'), kill);
    next();
  };
}

/** By the time the answer is sent, the change is made. */
function spoilAnswer(response: Response, take: () => RemoteFault | undefined, kill: () => void): void {
  const end = response.end.bind(response) as (...args: unknown[]) => Response;
  response.end = ((...args: unknown[]) => {
    response.end = end as Response['end'];
    const fault = response.statusCode < 400 ? take() : undefined;
    if (!fault) return end(...args);
    apply(fault, response, kill);
    return response;
  }) as Response['end'];
}

function apply(fault: RemoteFault, response: Response, kill: () => void): void {
  // A killed caller gets no answer either, not even a dropped connection: it must die before it learns anything.
  if (fault.effect === 'kill') kill();
  else if (fault.effect === 'reset') response.socket?.destroy();
  else if (fault.effect === 'error') answerWith(fault, response);
}

function answerWith(fault: RemoteFault, response: Response): void {
  const body = JSON.stringify({ schemas: [ERROR_SCHEMA], status: String(fault.status ?? 500) });
  response.removeHeader('Content-Length');
  response.removeHeader('ETag');
  response.writeHead(fault.status ?? 500, { 'Content-Type': 'application/scim+json', ...fault.headers });
  response.end(body);
}

const ERROR_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:Error';
