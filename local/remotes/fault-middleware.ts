import type { Request, RequestHandler, Response } from 'express';
import { answerWith, type Ending, listAsTold, shaped } from './faulty-answer';
import { operationOf, type RemoteFault, type RemoteFaults } from './remote-faults';

export interface FaultMiddlewareOptions {
  readonly faults: RemoteFaults;
  readonly kill: () => void;
  /** Virtual epoch ms. */
  readonly now: () => number;
  /** Virtual milliseconds since the account with this id was made. */
  readonly ageMs: (accountId: string) => number;
  /** Told of every call of a connector, such as `POST /Users`. */
  readonly onCall: (operation: string) => void;
  /** Told of every call that a fault hits. */
  readonly onFault: () => void;
  /** By what a connector shows who it is; undefined of who only looks. @default the bearer token */
  readonly tokenOf?: (request: Request) => string | undefined;
  /** Which calls are searches whose answer is a list of SCIM. @default `GET /Users` */
  readonly isSearch?: (operation: string) => boolean;
}

function bearerTokenOf({ headers }: Request): string | undefined {
  const [scheme, token = ''] = (headers.authorization ?? '').split(' ');
  return scheme === 'Bearer' ? token : undefined;
}

const isSearchOfUsers = (operation: string) => operation === 'GET /Users';

/** Lets calls fail before or after they took effect. Who only looks, without a token, is not disturbed. */
export function createFaultMiddleware(options: FaultMiddlewareOptions): RequestHandler {
  const { faults, onCall, onFault, tokenOf = bearerTokenOf, isSearch = isSearchOfUsers } = options;
  return (request, response, next) => {
    const token = tokenOf(request);
    if (token === undefined) return next();
    const call = { operation: operationOf(request.method, request.path), token };
    const before = faults.take(call, 'before');
    onCall(call.operation);
    if (before !== undefined) onFault();
    if (before !== undefined) return interrupt(before, response, options);
    const search = isSearch(call.operation) ? faults.take(call, 'search') : undefined;
    if (search?.effect === 'filter-ignored') request.url = request.url.replace(/\?.*$/, '');
    onAnswer(response, (answer, end) => {
      const told = search === undefined ? answer : listAsTold(answer, search, options.ageMs);
      const after = faults.take(call, 'after');
      if (search !== undefined || after !== undefined) onFault();
      if (after === undefined) return end(told);
      return spoil(after, told, response, end, options);
    });
    next();
  };
}

/** Gives what would have been answered. By that time the change is made. What is an error already stays as it is. */
function onAnswer(response: Response, take: (answer: string, end: Ending) => void): void {
  const end = response.end.bind(response) as (...args: unknown[]) => Response;
  response.end = ((...args: unknown[]) => {
    response.end = end as Response['end'];
    if (response.statusCode >= 400) return end(...args);
    const [chunk] = args;
    const answer = typeof chunk === 'string' || Buffer.isBuffer(chunk) ? chunk.toString() : '';
    take(answer, (text) => {
      if (text !== '' && !response.headersSent) response.setHeader('Content-Length', Buffer.byteLength(text));
      end(text);
    });
    return response;
  }) as Response['end'];
}

function interrupt(fault: RemoteFault, response: Response, { kill, now }: FaultMiddlewareOptions): void {
  // A killed caller gets no answer either, not even a dropped connection: it must die before it learns anything.
  if (fault.effect === 'kill') kill();
  else if (fault.effect === 'reset') response.socket?.destroy();
  else if (fault.effect === 'error') answerWith(fault, response, now());
  else if (fault.effect === 'token-expired') answerWith({ status: 401 }, response, now());
}

function spoil(
  fault: RemoteFault,
  answer: string,
  response: Response,
  end: Ending,
  options: FaultMiddlewareOptions,
): void {
  if (fault.effect !== 'slow-body') {
    const text = shaped(fault, answer);
    if (text === undefined) interrupt(fault, response, options);
    else end(text);
    return;
  }
  const half = Math.floor(answer.length / 2);
  response.setHeader('Content-Length', Buffer.byteLength(answer));
  response.write(answer.slice(0, half));
  const timer = setTimeout(() => end(answer.slice(half)), fault.delayMs);
  response.once('close', () => clearTimeout(timer));
}
