import type { LinkState } from '../link-state';

/** States of links that an index holds; of pending ones those that failed at least once. */
export const LISTED_STATES = [
  'held',
  'failed',
  'rejected',
  'pending',
] as const satisfies readonly LinkState[];

export type ListedState = (typeof LISTED_STATES)[number];
