import { createHmac } from 'node:crypto';
import { SECRET_NAMES } from '../../auth0-actions/secret-names';
import type { ActionSecret } from './action-secrets';

// An editor may have changed the white space at the end.
const MARK = /\/\* Punctual secrets: ([\w-]{22}) \*\/\s*$/;

/**
 * Tells whether the secrets in a tenant are these, which nobody can read back: a last line of the code that only
 * whoever holds the signing secret can make or check. It is an HMAC keyed by that secret, so it says nothing of any
 * value; as with the signature of an event, a key of at least 24 random bytes cannot be guessed from it.
 */
export function secretsMark(secrets: readonly ActionSecret[]): string {
  const key = secrets.find(({ name }) => name === SECRET_NAMES.signingSecret)?.value ?? '';
  if (key === '') throw new Error('No mark without the signing secret.');
  // The key as text, where events are signed with its bytes: neither can pass for the other.
  const digest = createHmac('sha256', `punctual-secrets:${key}`).update(JSON.stringify(secrets)).digest();
  return digest.subarray(0, 16).toString('base64url');
}

export function withMark(code: string, mark: string): string {
  return `${code}/* Punctual secrets: ${mark} */\n`;
}

/** Code and mark of what a tenant shows; an Action that another tool deployed has no mark. */
export function splitMark(text: string): { readonly code: string; readonly mark?: string } {
  const mark = MARK.exec(text)?.[1];
  return mark === undefined ? { code: text } : { code: text.replace(MARK, ''), mark };
}
