/** True for what some system may take for equal: without case, and without what Unicode writes in two ways. */
export function isLike(shown: unknown, wanted: string): boolean {
  return typeof shown === 'string' && foldedByAny(shown) === foldedByAny(wanted);
}

const foldedByAny = (text: string) => text.normalize('NFKC').toLowerCase();

/**
 * A text as a system has it that compares without case. More than A to Z is not folded: with all of Unicode, addresses
 * of two people become one (the Kelvin sign is a k then), and who owns the one would be given the account of the other.
 */
export const foldedAscii = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
