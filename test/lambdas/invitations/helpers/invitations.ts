import type { Invitation } from '../../../../events/invitations/invitation';
import type { Invitations } from '../../../../lambdas/invitations/invitation-repository';
import { firstDue } from '../../../../lambdas/invitations/row-keys';
import { readRing } from '../../../../lambdas/invitations/token/invitation-ring';

export const NOW = Date.parse('2026-11-22T10:00:00.000Z');
export const ID = 'Rk3J0c9yQm6Zb1s8uTqWvA';
export const SECRET_TEXT = 'A'.repeat(44);
export const RING = readRing(SECRET_TEXT, NOW);

/** An open invitation without roles, from the one thing that matters to a test. */
export function anInvitation(given: Partial<Invitation> = {}): Invitation {
  const id = given.id ?? ID;
  const expiresAt = given.expiresAt ?? '2026-11-29T10:00:00.000Z';
  return {
    ...{
      id,
      state: 'open',
      mode: 'link',
      bind: 'none',
      email: 'ada@example.com',
      emailRef: 'ref-of-ada@example.com',
    },
    ...{ roles: [], data: {}, application: 'shop', language: 'en' },
    ...{ createdAt: '2026-11-22T09:00:00.000Z', expiresAt, createdBy: 'funnel@clients' },
    ...{ secrets: [], sending: 1, revision: 1 },
    ...firstDue(id, expiresAt),
    ...given,
  };
}

/** The table of invitations in memory, with its conditions. */
export function createInvitationsInMemory(...given: readonly Invitation[]) {
  const rows = new Map(given.map((row) => [row.id, row]));
  const state = { failing: false, writes: 0 };
  const guard = () => {
    if (state.failing) throw new Error('the table is unavailable');
  };
  const by = (key: 'emailRef' | 'redeemedBy' | 'listed' | 'due', value: string) =>
    [...rows.values()].filter((row) => row[key] === value);
  const put = (row: Invitation) => {
    state.writes += 1;
    rows.set(row.id, row);
    return true;
  };
  const invitations: Invitations = {
    async get(id) {
      guard();
      return rows.get(id);
    },
    async insert(row) {
      guard();
      return !rows.has(row.id) && put(row);
    },
    async replace(row, { id, revision }) {
      guard();
      return rows.get(id)?.revision === revision && put({ ...row, revision: revision + 1 });
    },
    async miss(id, { now, windowMs }) {
      const row = rows.get(id);
      if (row === undefined) return;
      const goesOn = (row.missesSince ?? 0) > now - windowMs;
      rows.set(
        id,
        goesOn ? { ...row, misses: (row.misses ?? 0) + 1 } : { ...row, misses: 1, missesSince: now },
      );
    },
    ofEmail: async ({ key }) => ({ rows: by('emailRef', key) }),
    ofUser: async ({ key }) => ({ rows: by('redeemedBy', key) }),
    listed: async ({ key }) => ({ rows: by('listed', key) }),
    due: async ({ key, now, limit }) =>
      by('due', key)
        .filter(({ dueAt = 0 }) => dueAt <= now)
        .toSorted((one, other) => (one.dueAt ?? 0) - (other.dueAt ?? 0))
        .slice(0, limit),
  };
  return { invitations, rows, state, only: () => [...rows.values()][0] as Invitation };
}
