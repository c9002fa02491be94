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

/** An answer that the caller has to understand: success, "it is there already", or "there is no such account". */
export interface ScimAnswer {
  readonly status: number;
  /** Undefined when the body is not JSON. */
  readonly json: unknown;
}

const MEDIA_TYPE = 'application/scim+json';

export interface ScimCall {
  readonly method: HttpRequest['method'];
  /** Below the base URL. */
  readonly path: string;
  readonly body?: object;
  /** True when the path names one account, so that 404 speaks of the account and not of the address. */
  readonly ofAccount?: boolean;
}

/** One SCIM call (RFC 7644). Everything but 2xx, 409, and 404 of an account becomes an error of the port. */
export async function callScim(
  deps: ScimClientDeps,
  { method, path, body, ofAccount = false }: ScimCall,
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
  const { status } = answer;
  if (status === 409 || (status === 404 && ofAccount)) return { status, json: undefined };
  throwOnFailure(answer, method, deps.now());
  return { status, json: jsonOf(answer) };
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
  // A write that is refused for its content will be refused again; anything else points at the address.
  const aboutContent = status === 400 || status === 413 || status === 422;
  if ((method === 'POST' || method === 'PATCH') && aboutContent)
    throw new RejectedError('remote-rejected', `HTTP ${status}`);
  throw new RetryableError('remote-misconfigured');
}

function jsonOf(answer: HttpAnswer): unknown {
  try {
    return JSON.parse(answer.body);
  } catch {
    return undefined;
  }
}
