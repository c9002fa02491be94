/** Breaks, other control characters, and marks that turn the direction of what follows. */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/gu;
const LONGEST = 100;

/** A text from outside as a part of one line, such as a subject: it can neither end the line nor turn it around. */
export const oneLine = (text: string): string =>
  [...text.replace(UNSEEN, ' ').trim()].slice(0, LONGEST).join('');
