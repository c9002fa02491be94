import type { BearerToken } from '../auth/bearer-token';
import type { HttpAnswer, HttpClient, HttpRequest } from '../runtime/http';
import { RetryableError } from './connector';
import { exchange } from './remote-call';

export interface SignedExchangeDeps {
  readonly http: HttpClient;
  readonly token: BearerToken;
  /** The headers that show the token. */
  readonly authorize: (token: string) => Readonly<Record<string, string>>;
}

/** Sends with the token that is known, and once more if that one is refused and there is another by now. */
export async function signedExchange(deps: SignedExchangeDeps, request: HttpRequest): Promise<HttpAnswer> {
  const token = await tokenOf(deps);
  const answer = await exchange(deps.http, signed(deps, request, token));
  // A system that did not know who asks did nothing.
  if (answer.status !== 401) return answer;
  const current = await tokenOf(deps, token);
  return current === token ? answer : exchange(deps.http, signed(deps, request, current));
}

async function tokenOf({ token }: SignedExchangeDeps, refused?: string): Promise<string> {
  return token(refused).catch((error) => {
    throw error instanceof RetryableError ? error : new RetryableError('secret-unavailable');
  });
}

function signed({ authorize }: SignedExchangeDeps, request: HttpRequest, token: string): HttpRequest {
  return { ...request, headers: { ...request.headers, ...authorize(token) } };
}
