import type { UserLink } from '../../lambdas/user-links/user-link';

/** Rows of the user-link table as those know them who write them. */
export interface LinkRows {
  /** As it was last written; undefined where there is none. */
  get(table: string, userRef: string, system: string): Promise<UserLink | undefined>;
  /** Writes `link` in the place of `previous`, or where there was none. Fails with `link-changed` when somebody wrote it since. */
  replace(table: string, link: UserLink, previous: UserLink | undefined): Promise<void>;
}
