import type { HttpAnswer, HttpClient, HttpRequest } from '../../runtime/http';
import { RetryableError } from '../connector';
import { exchange, throwOnFailure } from '../remote-call';

export interface ScimClientDeps {
  /** Such as `https://crm.example.com/scim/v2`, without a slash at the end. */
  readonly baseUrl: string;
  /** The bearer token; with `fresh` as it is now, within reason. Throws when it cannot be read. */
  readonly token: (read: { readonly fresh: boolean }) => Promise<string>;
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
  const request = {
    method,
    url: `${deps.baseUrl}${path}`,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    timeoutMs: deps.timeoutMs,
  };
  const answer = await exchangeAs(deps, request);
  const { status } = answer;
  if (status === 409 || (status === 404 && ofAccount)) return { status, json: undefined };
  throwOnFailure(answer, method, deps.now());
  return { status, json: jsonOf(answer) };
}

type Unsigned = Omit<HttpRequest, 'headers'>;

/** Sends with the token that is known, and once more if that one is refused and there is another by now. */
async function exchangeAs(deps: ScimClientDeps, request: Unsigned): Promise<HttpAnswer> {
  const token = await tokenOf(deps, false);
  const answer = await exchange(deps.http, signed(request, token));
  // A system that did not know who asks did nothing.
  if (answer.status !== 401) return answer;
  const current = await tokenOf(deps, true);
  return current === token ? answer : exchange(deps.http, signed(request, current));
}

async function tokenOf(deps: ScimClientDeps, fresh: boolean): Promise<string> {
  return deps.token({ fresh }).catch(() => {
    throw new RetryableError('secret-unavailable');
  });
}

function signed(request: Unsigned, token: string): HttpRequest {
  const type = request.body === undefined ? {} : { 'content-type': MEDIA_TYPE };
  return { ...request, headers: { authorization: `Bearer ${token}`, accept: MEDIA_TYPE, ...type } };
}

function jsonOf(answer: HttpAnswer): unknown {
  try {
    return JSON.parse(answer.body);
  } catch {
    return undefined;
  }
}
