import { parseJson } from '../../../events/parse-json';
import type { BearerToken } from '../../auth/bearer-token';
import type { End, HttpAnswer, HttpClient, HttpRequest } from '../../runtime/http';
import { RetryableError } from '../connector';
import { throwOnFailure } from '../remote-call';
import { signedExchange } from '../signed-exchange';
import type { ApiAnswer, ApiRequest, Parser } from './definition';
import { SenselessAnswer } from './failures';

export interface ApiCallDeps {
  /** Such as `https://desk.example.com/api`, without a slash at the end. */
  readonly baseUrl: string;
  readonly http: HttpClient;
  readonly token: BearerToken;
  readonly authorize: (secret: string) => Readonly<Record<string, string>>;
  /** Milliseconds for one call. */
  readonly timeoutMs: number;
  /** Epoch ms. */
  readonly now: () => number;
  /** Told of each call that may have changed something and did not fail. */
  readonly onEffect: () => void;
}

/** @param end of the verb: whoever still calls then has been given up */
export function createApiCall(deps: ApiCallDeps, end: End) {
  const timed = { ...deps, http: inTime(deps, end) };
  return (asked: ApiRequest): Promise<ApiAnswer> => {
    const answer = callApi(timed, asked);
    // Of two calls that were begun together the second one may fail when the first one has ended the verb already.
    answer.catch(() => {});
    return answer;
  };
}

async function callApi(deps: ApiCallDeps, asked: ApiRequest): Promise<ApiAnswer> {
  const { timeoutMs } = deps;
  const answer = await signedExchange(deps, { ...requestOf(deps.baseUrl, asked), timeoutMs });
  if (asked.allow?.includes(answer.status) !== true) throwOnFailure(answer, asked.method, deps.now());
  if (asked.method !== 'GET') deps.onEffect();
  return understood(answer);
}

// Asked for each of the two calls that one may become, once the secret for it is there, which took its time.
function inTime({ http, timeoutMs, now }: ApiCallDeps, end: End): HttpClient {
  return async (request) => {
    const leftMs = end.at - now();
    if (leftMs <= 0 || end.signal.aborted) throw new RetryableError('remote-timeout');
    return http({ ...request, timeoutMs: Math.min(timeoutMs, leftMs), end });
  };
}

function requestOf(
  baseUrl: string,
  { method, path, query = {}, json, body, headers = {} }: ApiRequest,
): Omit<HttpRequest, 'timeoutMs'> {
  const asked = new URLSearchParams(
    Object.entries(query).map(([name, value]) => [name, String(value)] as [string, string]),
  );
  const content = json === undefined ? body : JSON.stringify(json);
  return {
    method,
    url: `${baseUrl}${path.map(encoded).join('')}${asked.size === 0 ? '' : `?${asked}`}`,
    headers: {
      accept: 'application/json',
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(content === undefined ? {} : { body: content }),
  };
}

// An id that is no id would lead from one account to all of them.
function encoded(name: string | number): string {
  const text = `${name}`;
  if (text === '' || text === '.' || text === '..') throw new TypeError('a path with a name that is none');
  return `/${encodeURIComponent(text)}`;
}

function understood({ status, headers, body }: HttpAnswer): ApiAnswer {
  const maybe = <Value>(parser: Parser<Value>): Value | undefined => {
    try {
      return parser.parse(parseJson(body));
    } catch {
      return undefined;
    }
  };
  return {
    ...{ status, headers, text: body, maybe },
    as(parser) {
      const value = maybe(parser);
      if (value === undefined) throw new SenselessAnswer();
      return value;
    },
  };
}
