import * as z from 'zod';

/**
 * An object that refuses unknown keys and says which keys exist: a misspelt key that is ignored in silence is a
 * setting somebody believes in.
 */
export function section<Shape extends z.ZodRawShape>(shape: Shape) {
  const keys = Object.keys(shape).join(', ');
  return z.strictObject(shape, { error: () => `an object with no other keys than ${keys}` });
}

/** A whole number between two bounds, inclusive. */
export function wholeNumber(minimum: number, maximum: number) {
  const error = `a whole number from ${minimum} to ${maximum}`;
  return z.int({ error }).min(minimum, { error }).max(maximum, { error });
}

/** A text in one form; `words` say the form to a person. */
export function textLike(pattern: RegExp, words: string) {
  return z.string({ error: words }).regex(pattern, { error: words });
}
