import type { HttpAnswer, HttpClient, HttpRequest } from '../../runtime/http';
import { RetryableError } from '../connector';
import { exchange, throwOnFailure } from '../remote-call';

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
  const answer = await exchange(deps.http, {
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

function jsonOf(answer: HttpAnswer): unknown {
  try {
    return JSON.parse(answer.body);
  } catch {
    return undefined;
  }
}
