import { type HttpAnswer, type HttpClient, HttpError, type HttpRequest, retryAfterMs } from '../runtime/http';
import { RejectedError, RetryableError } from './connector';

const CODES = {
  timeout: 'remote-timeout',
  unreachable: 'remote-unavailable',
  'too-large': 'remote-invalid-answer',
  // Names are sometimes wrong for a while; what is wrong for good ends with the budget.
  refused: 'target-refused',
} as const satisfies Record<HttpError['reason'], string>;

/** One call to a system. No answer becomes an error of the port. */
export async function exchange(http: HttpClient, request: HttpRequest): Promise<HttpAnswer> {
  try {
    return await http(request);
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    throw new RetryableError(CODES[error.reason]);
  }
}

/** Every answer but 2xx becomes an error of the port. */
export function throwOnFailure(
  { status, headers }: HttpAnswer,
  method: HttpRequest['method'],
  now: number,
): void {
  if (status >= 200 && status < 300) return;
  if (status === 429) throw new RetryableError('remote-throttled', retryAfterMs(headers, now));
  if (status >= 500) throw new RetryableError('remote-unavailable', retryAfterMs(headers, now));
  if (status === 401 || status === 403) throw new RetryableError('remote-unauthorized');
  // A write that is refused for its content will be refused again; anything else points at the address.
  const aboutContent = status === 400 || status === 413 || status === 422;
  const isWrite = method === 'POST' || method === 'PUT' || method === 'PATCH';
  if (isWrite && aboutContent) throw new RejectedError('remote-rejected', `HTTP ${status}`);
  throw new RetryableError('remote-misconfigured');
}
