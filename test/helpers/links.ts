import type { UserLink } from '../../lambdas/user-links/user-link';
import type { UserLinks } from '../../lambdas/user-links/user-link-repository';

/** A user-link table in memory with the table's conditions. `writes` counts what AWS would bill, `written` are its rows. */
export function createLinksInMemory() {
  const rows = new Map<string, UserLink>();
  const written: UserLink[] = [];
  const put = (link: UserLink) => {
    rows.set(keyOf(link.userRef, link.system), link);
    written.push(link);
    return true;
  };
  const state = { writes: 0, reads: 0, failing: false };
  const keyOf = (userRef: string, system: string) => `${userRef}/${system}`;
  const guard = () => {
    if (state.failing) throw new Error('the table is unavailable');
  };
  const links: UserLinks = {
    async get(userRef, system) {
      guard();
      state.reads += 1;
      return rows.get(keyOf(userRef, system));
    },
    async claim(link, previous) {
      guard();
      state.writes += 1;
      if (rows.get(keyOf(link.userRef, link.system))?.revision !== previous?.revision) return false;
      return put(link);
    },
    async close(link, leaseToken) {
      guard();
      state.writes += 1;
      if (rows.get(keyOf(link.userRef, link.system))?.lease?.token !== leaseToken) return false;
      return put(link);
    },
  };
  return { links, state, rows, written, only: () => [...rows.values()][0] as UserLink };
}

/** A link of one user in `crm`, from the one thing that matters to a test. */
export function aLink(fields: Partial<UserLink> = {}): UserLink {
  return {
    userRef: 'ref:auth0|1',
    system: 'crm',
    user_id: 'auth0|1',
    state: 'pending',
    attempts: 1,
    firstAttemptAt: 0,
    crashes: 0,
    revision: 1,
    acceptedAt: 0,
    eventId: 'reg_1',
    requestId: 'request-1',
    updatedAt: '1970-01-01T00:00:00.000Z',
    ...fields,
  };
}
