import type { IncomingMessage } from 'node:http';
import type { GatewayRequest } from './definitions';

/** API Gateway's limit on a payload. */
const MAX_BODY_BYTES = 10_485_760;

/** A request as the gateway sees it, and the stage that it asks for. */
export async function readRequest(
  request: IncomingMessage,
): Promise<{ stageName: string; asked: GatewayRequest }> {
  const body = await readBody(request);
  const target = request.url ?? '/';
  const [rawPath = '', rawQuery = ''] = splitOnce(target, '?');
  // Repeated slashes are tolerated, so that a base address may or may not end in one.
  const [stageName = '', ...parts] = rawPath.split('/').filter((part) => part !== '');
  const asked: GatewayRequest = {
    method: request.method ?? 'GET',
    path: `/${parts.map(decode).join('/')}`,
    target: rawPath,
    headers: clientHeaders(request.rawHeaders),
    query: parseQuery(rawQuery),
    body: body === undefined ? '' : String(body),
    tooLarge: body === undefined,
    sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
    protocol: `HTTP/${request.httpVersion}`,
  };
  return { stageName, asked };
}

/** As the client wrote the names; a repeated header's last value. */
function clientHeaders(raw: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (let index = 0; index + 1 < raw.length; index += 2) {
    headers[raw[index] as string] = decodeHeader(raw[index + 1] as string);
  }
  return headers;
}

/** Node reads header bytes as Latin-1; clients that send more than ASCII send UTF-8. */
export function decodeHeader(value: string): string {
  return Buffer.from(value, 'latin1').toString('utf8');
}

function parseQuery(query: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(query));
}

/** A part of an address; as it stands where it cannot be decoded. */
export function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function splitOnce(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** Undefined beyond the limit. Never rejects: a client that goes away in the middle leaves nobody to answer. */
export function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
    });
    request.on('end', () => resolve(bytes > MAX_BODY_BYTES ? undefined : Buffer.concat(chunks)));
    request.on('error', () => resolve(Buffer.concat(chunks)));
  });
}
