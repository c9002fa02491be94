/**
 * What must not reach a screen as it is: control characters (a terminal takes them, and those of C1, for orders),
 * halves of characters, line separators, and the marks that turn the direction of writing or cannot be seen.
 */
const UNSAFE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/gu;

/** `text` with everything that a screen would obey made visible, such as `\u{1b}`. */
export function safeText(text: string): string {
  return text.replace(UNSAFE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** `value` as one line of JSON that means the same and holds nothing that a screen would obey. */
export function safeJson(value: unknown): string {
  return JSON.stringify(value).replace(UNSAFE, escapeForJson);
}

function escapeForJson(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
