import { MAX_ACCOUNT_ID_LENGTH } from './event-schema';

// Half of a pair of surrogates has no place in an address; operators see ids, and screens obey control characters.
const FORBIDDEN = /[\p{Cc}\p{Cs}]/u;

/** Whether a text can be a system's own id of an account, so that it can be kept and asked for. */
export function isAccountId(text: string): boolean {
  return text !== '' && text.length <= MAX_ACCOUNT_ID_LENGTH && !FORBIDDEN.test(text);
}
