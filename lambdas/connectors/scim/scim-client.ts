import {
  type HttpAnswer,
  type HttpClient,
  HttpError,
  type HttpRequest,
  retryAfterMs,
} from '../../runtime/http';
import { RejectedError, RetryableError } from '../connector';

export interface ScimClientDeps {
  /** Such as `https://crm.example.com/scim/v2`, without a slash at the end. */
  readonly baseUrl: string;
  /** The bearer token. Throws when it cannot be read. */
  readonly token: () => Promise<string>;
  readonly http: HttpClient;
  /** Milliseconds for one call. */
  readonly timeoutMs: number;
  /** Epoch ms. */
  readonly now: () => number;
}

/** An answer that the caller has to understand: success, or "it is there already". */
export interface ScimAnswer {
  readonly status: number;
  /** Undefined when the body is not JSON. */
  readonly json: unknown;
}

const MEDIA_TYPE = 'application/scim+json';

/** One SCIM call (RFC 7644). Everything but 2xx and 409 becomes an error of the port. */
export async function callScim(
  deps: ScimClientDeps,
  method: 'GET' | 'POST',
  path: string,
  body?: object,
): Promise<ScimAnswer> {
  const token = await deps.token().catch(() => {
    throw new RetryableError('secret-unavailable');
  });
  const answer = await exchange(deps, {
    method,
    url: `${deps.baseUrl}${path}`,
    headers: {
      authorization: `Bearer ${token}`,
      accept: MEDIA_TYPE,
      ...(body === undefined ? {} : { 'content-type': MEDIA_TYPE }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    timeoutMs: deps.timeoutMs,
  });
  if (answer.status === 409) return { status: 409, json: undefined };
  throwOnFailure(answer, method, deps.now());
  return { status: answer.status, json: jsonOf(answer) };
}

async function exchange(deps: ScimClientDeps, request: HttpRequest): Promise<HttpAnswer> {
  try {
    return await deps.http(request);
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    if (error.reason === 'too-large') throw new RetryableError('remote-invalid-answer');
    throw new RetryableError(error.reason === 'timeout' ? 'remote-timeout' : 'remote-unavailable');
  }
}

function throwOnFailure({ status, headers }: HttpAnswer, method: string, now: number): void {
  if (status >= 200 && status < 300) return;
  if (status === 429) throw new RetryableError('remote-throttled', retryAfterMs(headers, now));
  if (status >= 500) throw new RetryableError('remote-unavailable', retryAfterMs(headers, now));
  if (status === 401 || status === 403) throw new RetryableError('remote-unauthorized');
  // A POST that is refused for its content will be refused again; anything else points at the address.
  const aboutContent = status === 400 || status === 413 || status === 422;
  if (method === 'POST' && aboutContent) throw new RejectedError('remote-rejected', `HTTP ${status}`);
  throw new RetryableError('remote-misconfigured');
}

function jsonOf(answer: HttpAnswer): unknown {
  try {
    return JSON.parse(answer.body);
  } catch {
    return undefined;
  }
}
