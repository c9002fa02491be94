import { createHmac } from 'node:crypto';
import { SECRET_NAMES } from '../../auth0-actions/secret-names';
import type { ActionSecret } from './action-secrets';

// An editor may have changed the white space at the end.
const MARK = /\/\* Punctual secrets: ([\w-]{22})(?: of ([\w-]{1,128}))? \*\/\s*$/;

/**
 * Tells whether the secrets in a tenant are these, which nobody can read back: a last line of the code that only
 * whoever holds the signing secret can make or check. It is an HMAC keyed by that secret, so it says nothing of any
 * value; as with the signature of an event, a key of at least 24 random bytes cannot be guessed from it.
 */
export function secretsMark(secrets: readonly ActionSecret[]): string {
  const key = secrets.find(({ name }) => name === SECRET_NAMES.signingSecret)?.value ?? '';
  // An Action without secrets has nothing that could be another value.
  if (key === '' && secrets.length > 0) throw new Error('No mark without the signing secret.');
  // The key as text, where events are signed with its bytes: neither can pass for the other.
  const digest = createHmac('sha256', `punctual-secrets:${key}`).update(JSON.stringify(secrets)).digest();
  return digest.subarray(0, 16).toString('base64url');
}

/** With the stack whose secrets they are, so that another one knows the Action for somebody else's. */
export function withMark(code: string, mark: string, stack: string): string {
  return `${code}/* Punctual secrets: ${mark} of ${stack} */\n`;
}

export interface MarkedCode {
  readonly code: string;
  readonly mark?: string;
  readonly stack?: string;
}

/** What a tenant shows, in its parts; an Action that another tool deployed has no mark. */
export function splitMark(text: string): MarkedCode {
  const [whole, mark, stack] = MARK.exec(text) ?? [];
  if (whole === undefined || mark === undefined) return { code: text };
  return { code: text.slice(0, -whole.length), mark, ...(stack === undefined ? {} : { stack }) };
}
