/** The sparse index of the user-link table that holds the rows which the clock alone brings on. */
export const DUE_INDEX = 'due';

/** A mass deletion makes as many rows due at once, and one key of DynamoDB takes 1,000 writes a second. */
const SHARDS = 4;

/** The key under which the index holds a link that is due some time. */
export function dueKeyOf(userRef: string): string {
  // The userRef is a hash: any character of it tells rows apart well enough.
  return `${userRef.charCodeAt(0) % SHARDS}`;
}

/** All keys of the index. */
export const DUE_KEYS: readonly string[] = Array.from({ length: SHARDS }, (_, shard) => `${shard}`);
