import { createHmac, timingSafeEqual } from 'node:crypto';
import { parseJson } from '../../events/parse-json';
import { ApiProblem } from './problem';

/** Where a list goes on. */
export interface ListPlace {
  /** Of the parts of the index, the one that is being read. */
  readonly shard: number;
  /** The key after which it goes on there; absent at its beginning. */
  readonly after?: Readonly<Record<string, unknown>>;
}

/**
 * Makes and reads the texts that callers bring back to go on with a list. Each is signed together with what the list is
 * of, so that nobody can make one up or go on with it in another list.
 *
 * @param key a secret of ours
 */
export function createCursors(key: string, listOf: readonly string[]) {
  const macOf = (text: string) =>
    createHmac('sha256', key)
      .update(JSON.stringify(['cursor', ...listOf, text]))
      .digest();
  return {
    write(place: ListPlace): string {
      const text = Buffer.from(JSON.stringify(place)).toString('base64url');
      return `${text}.${macOf(text).toString('base64url')}`;
    },
    read(cursor: string): ListPlace {
      const [text = '', mac = ''] = cursor.split('.');
      const [given, expected] = [Buffer.from(mac, 'base64url'), macOf(text)];
      const isOurs = given.length === expected.length && timingSafeEqual(given, expected);
      if (!isOurs) throw new ApiProblem(400, 'invalid-cursor');
      return parseJson(Buffer.from(text, 'base64url').toString('utf8')) as ListPlace;
    },
  };
}
