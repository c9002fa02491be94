import { createHash } from 'node:crypto';

/** What the first group of `pattern`, which is global, matches in a page. */
export const contentsOf = (page: string, pattern: RegExp): string[] =>
  [...page.matchAll(pattern)].map(([, text = '']) => text);

/** How a content security policy names a text that it allows. */
export const hashOf = (text: string): string =>
  `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
