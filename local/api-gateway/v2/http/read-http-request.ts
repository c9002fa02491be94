import type { IncomingMessage } from 'node:http';
import { decode, decodeHeader, readBody } from '../../read-request';

/** A request as an HTTP API sees it. */
export interface HttpRequest {
  readonly method: string;
  /** Decoded once, and ending before a question mark that was encoded, as API Gateway hands it on. */
  readonly path: string;
  /** As sent, without the question mark. */
  readonly rawQuery: string;
  /** Names in lower case; what comes twice is joined by commas. Without cookies. */
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: Buffer;
  /** Why API Gateway answers it itself, if it does. */
  readonly beyond?: 'body' | 'headers' | undefined;
  readonly sourceIp: string;
  readonly protocol: string;
}

/** Request line and header values together. */
const MAX_HEADER_BYTES = 10_240;

export async function readHttpRequest(request: IncomingMessage): Promise<HttpRequest> {
  const body = await readBody(request);
  const { method = 'GET', url = '/', httpVersion, socket } = request;
  const [target = '/', ...query] = url.split('?');
  const { cookie = '', ...headers } = joinHeaders(request.headersDistinct);
  const beyond = body === undefined ? 'body' : sizeOf(request) > MAX_HEADER_BYTES ? 'headers' : undefined;
  return {
    method,
    path: decodePath(target),
    rawQuery: query.join('?'),
    headers,
    cookies: cookie === '' ? [] : cookie.split(/; */),
    body: body ?? Buffer.alloc(0),
    beyond,
    sourceIp: socket.remoteAddress ?? '127.0.0.1',
    protocol: `HTTP/${httpVersion}`,
  };
}

/**
 * HTTP APIs match and hand on a path that they decoded as a whole, so that an encoded slash divides parts and nothing
 * after an encoded question mark arrives. Whoever puts arbitrary ids into a path encodes them in another way.
 */
function decodePath(target: string): string {
  const decoded = decode(target);
  return decoded.split('?')[0] || '/';
}

function joinHeaders(distinct: NodeJS.Dict<string[]>): Record<string, string> {
  const entries = Object.entries(distinct).map(([name, values = []]) => [
    name,
    decodeHeader(values.join(name === 'cookie' ? '; ' : ',')),
  ]);
  return Object.fromEntries(entries);
}

function sizeOf({ method = '', url = '', rawHeaders }: IncomingMessage): number {
  const values = rawHeaders.filter((_, index) => index % 2 === 1);
  return [method, url, ...values].reduce((bytes, text) => bytes + Buffer.byteLength(text), 0);
}
