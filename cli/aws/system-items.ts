import type { SharedItem } from '../../lambdas/system-items/shared-item';

/** What the workers of the systems share, item by item. */
export type SystemItems = (
  table: string,
  key: { readonly system: string; readonly item: string },
) => SharedItem<unknown>;
