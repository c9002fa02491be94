import type { Answered, Failed } from '../../auth0/management-answer';
import { RejectedError, RetryableError } from '../connector';

/** What was answered; every other outcome becomes an error of the port. @param missing what that comes to */
export function valueIn<T, None = never>(answer: Answered<T>, missing?: () => None): T | None {
  if (answer.outcome === 'ok') return answer.value;
  if (answer.outcome === 'missing' && missing !== undefined) return missing();
  throw errorOf(answer);
}

function errorOf(answer: Failed): Error {
  switch (answer.outcome) {
    case 'limited':
      return new RetryableError('remote-throttled', answer.retryAfterMs);
    case 'not-allowed':
      return new RetryableError(answer.why === 'no-token' ? 'token-unavailable' : 'remote-unauthorized');
    case 'refused':
      return new RejectedError('remote-rejected', answer.code ?? `HTTP ${answer.status}`);
    case 'unavailable':
      return new RetryableError(CODES[answer.why] ?? codeOfStatus(answer.why));
    // A role that the configuration names and the tenant does not have, or what was changed under our hands.
    case 'missing':
    case 'exists':
      return new RetryableError('remote-misconfigured');
  }
}

const CODES: Readonly<Record<string, 'remote-timeout' | 'remote-unavailable' | 'remote-invalid-answer'>> = {
  timeout: 'remote-timeout',
  'no-answer': 'remote-unavailable',
  'invalid-answer': 'remote-invalid-answer',
};

const codeOfStatus = (status: string) => (/^5/.test(status) ? 'remote-unavailable' : 'remote-misconfigured');
