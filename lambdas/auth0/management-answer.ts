import { parseJson } from '../../events/parse-json';
import { readValue } from '../../events/read-value';
import type { HttpAnswer } from '../runtime/http';
import { pauseOf } from './rate-limit-pause';

/**
 * What became of a call of the Management API. `missing`: no such user (or role). `exists`: somebody has that already.
 * `refused`: for its content, so it would be refused again. `not-allowed`: the client may not, or is unknown.
 * `limited`: the tenant's limit is used up, for so long. `unavailable`: Auth0 did not say (`timeout`, `no-answer`,
 * `invalid-answer`, `custom_domain_conflict`, or the status); a write may have taken effect.
 */
export type Answered<T> =
  | { readonly outcome: 'ok'; readonly value: T }
  | { readonly outcome: 'missing' | 'exists' }
  | { readonly outcome: 'refused'; readonly status: number; readonly code?: string }
  | { readonly outcome: 'not-allowed'; readonly why: '401' | '403' | 'no-token' }
  | { readonly outcome: 'limited'; readonly retryAfterMs: number }
  | { readonly outcome: 'unavailable'; readonly why: string };

export type Failed = Exclude<Answered<unknown>, { readonly outcome: 'ok' }>;

/** @param read undefined where the body is not what was asked for */
export function answerOf<T>(
  answer: HttpAnswer,
  read: (body: unknown) => T | undefined,
  now: number,
): Answered<T> {
  const { status } = answer;
  if (status >= 200 && status < 300) {
    const value = read(bodyOf(answer));
    return value === undefined ? { outcome: 'unavailable', why: 'invalid-answer' } : { outcome: 'ok', value };
  }
  if (status === 404) return { outcome: 'missing' };
  if (status === 409) return conflictOf(answer);
  if (status === 429) return { outcome: 'limited', retryAfterMs: pauseOf(answer, now) };
  if (status === 401 || status === 403) return { outcome: 'not-allowed', why: `${status}` };
  if (status === 400 || status === 413 || status === 422) return refusedBy(answer);
  return { outcome: 'unavailable', why: `${status}` };
}

/** Of several custom domains none is the default one, so that Auth0 does not know which a link is to be of. */
const NO_DOMAIN = 'custom_domain_conflict';

// Nobody is there who has it already, and once somebody chose a domain the same call is taken.
function conflictOf(answer: HttpAnswer): Failed {
  const isOfDomains = readValue(bodyOf(answer), 'errorCode') === NO_DOMAIN;
  return isOfDomains ? { outcome: 'unavailable', why: NO_DOMAIN } : { outcome: 'exists' };
}

/** Auth0's own name for it, such as `invalid_body`; its message may quote what was sent. */
function refusedBy(answer: HttpAnswer): Failed {
  const code = readValue(bodyOf(answer), 'errorCode');
  const isPlain = typeof code === 'string' && /^[A-Za-z_]{1,64}$/.test(code);
  return { outcome: 'refused', status: answer.status, ...(isPlain && { code }) };
}

const bodyOf = ({ body }: HttpAnswer): unknown => (body === '' ? null : parseJson(body));
