import type { BearerToken } from '../../auth/bearer-token';
import type { HttpAnswer, HttpClient, HttpRequest } from '../../runtime/http';
import { RetryableError } from '../connector';
import { throwOnFailure } from '../remote-call';
import { signedExchange } from '../signed-exchange';
import { type Dialect, written } from './dialect';

export interface ScimClientDeps {
  /** Such as `https://crm.example.com/scim/v2`, without a slash at the end. */
  readonly baseUrl: string;
  readonly dialect: Dialect;
  readonly token: BearerToken;
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
  /** Version of the account that is shown, where the server has versions. */
  readonly etag?: string;
}

const ANSWERS = 'application/scim+json, application/json';

export interface ScimCall {
  readonly method: HttpRequest['method'];
  /** Below the base URL. */
  readonly path: string;
  readonly body?: object;
  /** True when the path names one account, so that 404 speaks of the account and not of the address. */
  readonly ofAccount?: boolean;
  /** The version that is meant, and no later one. */
  readonly ifMatch?: string | undefined;
}

/** One SCIM call (RFC 7644). Everything but 2xx, 409, and 404 of an account becomes an error of the port. */
export async function callScim(
  deps: ScimClientDeps,
  { method, path, body, ofAccount = false, ifMatch }: ScimCall,
): Promise<ScimAnswer> {
  const { dialect, timeoutMs } = deps;
  const request = {
    method,
    url: `${deps.baseUrl}${path}`,
    headers: {
      accept: ANSWERS,
      ...(body === undefined ? {} : { 'content-type': dialect.mediaType }),
      ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
    },
    ...(body === undefined ? {} : { body: written(dialect, body) }),
    timeoutMs,
  };
  const answer = await signedExchange({ ...deps, authorize }, request);
  const { status } = answer;
  if (status === 409 || (status === 404 && ofAccount)) return { status, json: undefined };
  // Somebody changed the account since it was read: the next attempt begins with what they made of it.
  if (status === 412) throw new RetryableError('remote-unavailable');
  throwOnFailure(answer, method, deps.now());
  const etag = answer.headers.get('etag');
  return { status, json: jsonOf(answer), ...(etag === null ? {} : { etag }) };
}

const authorize = (token: string) => ({ authorization: `Bearer ${token}` });

function jsonOf(answer: HttpAnswer): unknown {
  try {
    return JSON.parse(answer.body);
  } catch {
    return undefined;
  }
}
