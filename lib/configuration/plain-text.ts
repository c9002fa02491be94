import { textLike } from './section';

/** A short text that people read: one line, without what is invisible or turns the direction of what follows. */
export const plainText = (longest: number) =>
  textLike(
    new RegExp(`^(?!\\s)[^\\p{C}\\p{Zl}\\p{Zp}]{1,${longest}}(?<!\\s)$`, 'u'),
    `a text of 1 to ${longest} characters on one line`,
  );
