import { findPerson } from '../../cli/erase/person';
import type { UserLink } from '../../lambdas/user-links/user-link';
import { aRow, MINUTE, REF, setUpErasure, USER } from './helpers/an-erasure';
import { NOW } from './helpers/deps';

const EARLIER = '2026-10-01T08:00:00.000Z';
const DAY = 24 * 60 * MINUTE;
const isoOf = (epochMs: number) => new Date(epochMs).toISOString();

/** The tombstone that an erasure of an earlier life left. */
function anEarlierGrave(system: string, erasure: Partial<NonNullable<UserLink['erasure']>>): UserLink {
  const { accountId: _id, user_id: _user, ownership: _ownership, ...row } = aRow(system);
  const asked = { askedAt: NOW - DAY, accounts: ['hash of an earlier account'] };
  return {
    ...row,
    ...{ state: 'deprovisioned', code: 'erased', ended: 'erased', generation: EARLIER },
    erasure: { ...asked, ...erasure },
  };
}

const BY_HAND = { byHand: true } as const;
const VERIFIED = { readBackAt: NOW - DAY, readBackBy: 'r-1', verifiedAt: NOW - DAY, verifiedBy: 'r-2' };

describe('somebody whose account was removed by hand in an earlier life', () => {
  test('is erased by hand once more, to the end', async () => {
    const { run, table, certificate } = setUpErasure([anEarlierGrave('crm', BY_HAND), aRow('help-desk')]);
    expect(await run({ byHand: ['crm'] })).toMatchObject({ json: { isErased: true } });
    expect(table.get('crm')).toMatchObject({ generation: isoOf(NOW), erasure: { askedAt: NOW } });
    const [crm] = (await certificate()).systems;
    expect(crm).toMatchObject({ byHand: true, askedAt: isoOf(NOW) });
  });

  test('is rejected where the system is gone and nobody says that it was done for this life', async () => {
    const { run, state, table } = setUpErasure([anEarlierGrave('old-crm', BY_HAND), aRow('crm')]);
    await expect(run()).rejects.toMatchObject({ code: 'system-gone' });
    expect(state.sent).toEqual([]);
    await run({ byHand: ['old-crm'] });
    expect(table.get('old-crm')?.generation).toBe(isoOf(NOW));
  });

  test('is not told to be erased already', async () => {
    const { run, screen } = setUpErasure([anEarlierGrave('crm', VERIFIED), aRow('help-desk')]);
    expect(await run({ yes: false })).toMatchObject({ json: { isErased: false } });
    expect(screen.text()).toContain('crm        deprovisioned: looks whether there is an account');
  });
});

test('a later life that begins meanwhile is not buried by hand', async () => {
  const { run, table, stop, deps } = setUpErasure([aRow('crm'), aRow('help-desk')]);
  const later = aRow('crm', { generation: isoOf(NOW + DAY), accountId: 'of-the-later-life', revision: 7 });
  const { linkRows } = deps;
  deps.linkRows = async () => {
    const rows = await linkRows();
    // It is there by the time that the row is marked, after the person was looked up.
    table.set('crm', later);
    return rows;
  };
  deps.fetch = async () => {
    stop.abort();
    return new Response('{}', { status: 202 });
  };
  expect(await run({ byHand: ['crm'] })).toMatchObject({ exitCode: 1 });
  expect(table.get('crm')).toEqual(later);
});

test('asked again afterwards without a look into Auth0, looks everywhere anew and certifies that', async () => {
  const { run, state, saved, table } = setUpErasure();
  await run();
  state.now += DAY;
  const until = isoOf(state.now);
  expect(await run({ out: 'again.jws' })).toMatchObject({ json: { isErased: true } });
  expect(state.sent).toHaveLength(2);
  expect(JSON.parse(state.sent[1] ?? '').data.user.created_at).toBe(until);
  expect([...saved.keys()]).toEqual([expect.stringMatching(/^erasure-.*\.jws$/), 'again.jws']);
  for (const link of table.values()) expect(link.generation).toBe(until);
});

describe('which lives are meant', () => {
  const erased = ['crm', 'help-desk'].map((system) => anEarlierGrave(system, VERIFIED));
  const untilOf = async (links: readonly UserLink[], user?: { created_at: string } | 'not-found') => {
    const { deps } = setUpErasure(links);
    const tenant = { user: async () => (typeof user === 'object' ? user : undefined) };
    return (await findPerson(USER, user === undefined ? undefined : (tenant as never), deps as never)).until;
  };

  test('those of an erasure that is over, when Auth0 says that nobody came after it', async () => {
    expect(await untilOf(erased, 'not-found')).toBe(EARLIER);
  });

  test('the latest that Auth0 knows', async () => {
    const created_at = isoOf(NOW - MINUTE);
    expect(await untilOf(erased, { created_at })).toBe(created_at);
  });

  test('those of an erasure that goes on, whoever asks', async () => {
    const [crm, desk] = erased as [UserLink, UserLink];
    const goingOn: UserLink = { ...desk, state: 'failed', next: 'verify' };
    expect(await untilOf([crm, goingOn])).toBe(EARLIER);
  });

  test('all that there may be, when an erasure is over and Auth0 is not asked', async () => {
    expect(await untilOf(erased)).toBe(isoOf(NOW));
    expect(erased.every(({ userRef }) => userRef === REF)).toBe(true);
  });
});
