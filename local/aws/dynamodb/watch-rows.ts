import { isDeepStrictEqual } from 'node:util';
import type { ItemDb, Store } from './dynalite';
import type { Item } from './item';

export type CommitListener = (table: string, before: Item | undefined, after: Item | undefined) => void;

/**
 * Tells of every row that really changed, in the order of commit of each row: dynalite writes while it holds the
 * lock of the row, so what is read here just before is the exact old image. A write that changes nothing is silent,
 * as in a stream of DynamoDB.
 */
export function watchRows(store: Store, listener: CommitListener): void {
  const original = store.getItemDb;
  const watched = new Map<ItemDb, ItemDb>();
  store.getItemDb = (table) => {
    const inner = original(table);
    const known = watched.get(inner) ?? watch(inner, (before, after) => listener(table, before, after));
    watched.set(inner, known);
    return known;
  };
}

function watch(inner: ItemDb, changed: (before: Item | undefined, after: Item | undefined) => void): ItemDb {
  const outer: ItemDb = Object.create(inner);
  const write = (
    key: string,
    after: Item | undefined,
    commit: (done: (error: Error | null) => void) => void,
    done: (error: Error | null) => void,
  ) => {
    inner.get(key, (_, before) => {
      commit((error) => {
        if (!error && !isSame(before, after)) changed(before, after);
        done(error);
      });
    });
  };
  outer.put = (key, value, callback) => write(key, value, (done) => inner.put(key, value, done), callback);
  outer.del = (key, callback) => write(key, undefined, (done) => inner.del(key, done), callback);
  return outer;
}

/** Dynalite makes objects without prototype, which strict equality would tell apart from others. */
function isSame(before: Item | undefined, after: Item | undefined): boolean {
  if (!before || !after) return before === after;
  return isDeepStrictEqual(JSON.parse(JSON.stringify(before)), JSON.parse(JSON.stringify(after)));
}
