import { isRetryCode } from './codes';
import { type LinkState, needsSomebody } from './link-state';

/** The sparse index of the user-link table that holds the rows which wait or need somebody, and no other row. */
export const UNSETTLED_INDEX = 'unsettled';

/** In an outage every row of a system is here, and one key of DynamoDB takes 1,000 writes a second. */
const SHARDS = 4;

interface Unsettling {
  readonly system: string;
  readonly userRef: string;
  readonly state: LinkState;
  readonly code?: string;
}

/** The key under which the index holds this link; undefined for one that it does not hold. */
export function unsettledKeyOf({ system, userRef, state, code }: Unsettling): string | undefined {
  // A link without such a code is just being made, which is how every link begins, or is as it should be.
  if (!isRetryCode(code) && !needsSomebody(state)) return undefined;
  // The userRef is a hash: any character of it tells rows apart well enough.
  return `${system}#${userRef.charCodeAt(0) % SHARDS}`;
}

/** All keys of the index that may hold links of this system. */
export function unsettledKeysOf(system: string): string[] {
  return Array.from({ length: SHARDS }, (_, shard) => `${system}#${shard}`);
}
