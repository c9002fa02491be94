/** An answer, read to its end. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Milliseconds for the whole exchange, body included. */
  readonly timeoutMs: number;
  /** Of what the call is a part of, where that has one. */
  readonly end?: End;
}

/** After it nothing is sent any more, and nobody waits for what is under way. */
export interface End {
  /** Epoch ms at which it comes at the latest. */
  readonly at: number;
  readonly signal: AbortSignal;
}

export type HttpClient = (request: HttpRequest) => Promise<HttpAnswer>;

/**
 * No answer: `timeout` when the time was up, `unreachable` when the connection failed or broke, `refused` when we do
 * not call such an address and sent nothing.
 */
export class HttpError extends Error {
  override readonly name = 'HttpError';

  constructor(readonly reason: 'timeout' | 'unreachable' | 'too-large' | 'refused') {
    super(reason);
  }
}

/** A look-up of one account has no business being larger. */
const MAX_BODY_BYTES = 1024 * 1024;

/** Calls a system over HTTP. Redirects are not followed: they would carry our credentials to another host. */
export const callHttp: HttpClient = async ({ method, url, headers, body, timeoutMs, end }) => {
  const inTime = AbortSignal.timeout(timeoutMs);
  const signal = end === undefined ? inTime : AbortSignal.any([inTime, end.signal]);
  try {
    const init = {
      method,
      headers,
      redirect: 'manual' as const,
      signal,
      ...(body === undefined ? {} : { body }),
    };
    const response = await fetch(url, init);
    return {
      status: response.status,
      headers: response.headers,
      body: await readBounded(response.body ?? []),
    };
  } catch (error) {
    if (error instanceof HttpError) throw error;
    throw new HttpError(signal.aborted ? 'timeout' : 'unreachable');
  }
};

/** The text of a body; rejects once it is larger than any answer has to be. */
export async function readBounded(body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > MAX_BODY_BYTES) throw new HttpError('too-large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * Milliseconds that a Retry-After header asks for, in either of its forms (RFC 9110, section 10.2.3).
 * Undefined when absent or unreadable.
 */
export function retryAfterMs(headers: Headers, now: number): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (value === undefined || value === '') return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  // An HTTP date begins with the day's name; Date.parse alone would take almost anything.
  const date = /^[A-Z][a-z]{2}/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
