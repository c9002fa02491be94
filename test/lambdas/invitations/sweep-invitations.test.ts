import { forgetPerson } from '../../../lambdas/invitations/forget-person';
import { invitationsOfPerson, keptOfInvitation } from '../../../lambdas/invitations/invitations-of-person';
import { createInvitationSweep } from '../../../lambdas/invitations/sweep-invitations';
import { anInvitation, createInvitationsInMemory, ID } from './helpers/invitations';

const DAY = 24 * 60 * 60_000;
const ENDS = Date.parse('2026-11-29T10:00:00.000Z');
const KEEP = 30 * DAY;

function aSweep(...given: Parameters<typeof anInvitation>[0][]) {
  const table = createInvitationsInMemory(...given.map(anInvitation));
  const clock = { now: ENDS };
  const undone: string[] = [];
  const lines: object[] = [];
  const faults = { undoFails: [] as string[] };
  const sweep = createInvitationSweep({
    invitations: table.invitations,
    undo: async ({ id }) => {
      if (faults.undoFails.includes(id)) throw new Error('ada@example.com is away');
      undone.push(id);
    },
    keepMs: KEEP,
    now: () => clock.now,
    log: (level, message, fields) => void lines.push({ level, message, ...fields }),
  });
  const at = (now: number) => {
    clock.now = now;
    return sweep();
  };
  return { ...table, at, undone, lines, faults };
}

const precreated = { mode: 'precreate', precreated: 'auth0|9' } as const;

describe('the sweep of invitations', () => {
  test('ends one on its second, and forgets its address when that was kept long enough', async () => {
    const { at, only } = aSweep({ data: { funnelId: 'F-1' } });
    await at(ENDS - 1);
    expect(only().state).toBe('open');
    await at(ENDS);
    expect(only()).toMatchObject({ state: 'expired', email: 'ada@example.com', dueAt: ENDS + KEEP });
    await at(ENDS + KEEP - 1);
    expect(only().email).toBe('ada@example.com');
    await at(ENDS + KEEP);
    expect(only()).toMatchObject({ state: 'expired', data: {}, secrets: [] });
    expect(JSON.stringify(only())).not.toMatch(/ada|F-1/);
    expect(only().due).toBeUndefined();
  });

  test('forgets a late one in the sweep that ends it', async () => {
    const { at, only } = aSweep({});
    await at(ENDS + KEEP + DAY);
    expect([only().state, only().email, only().due]).toEqual(['expired', undefined, undefined]);
  });

  test('counts from the revocation where there was one', async () => {
    const revokedAt = '2026-11-23T10:00:00.000Z';
    const { at, only } = aSweep({ state: 'revoked', revokedAt, dueAt: Date.parse(revokedAt) + KEEP });
    await at(Date.parse(revokedAt) + KEEP - 1);
    expect(only().email).toBeDefined();
    await at(Date.parse(revokedAt) + KEEP);
    expect(only().email).toBeUndefined();
  });

  test('takes back whom it made ahead, once, after the row says that it is over', async () => {
    const { at, only, undone } = aSweep(precreated);
    await at(ENDS);
    await at(ENDS + 1);
    expect(undone).toEqual([ID]);
    expect(only()).toMatchObject({ state: 'expired', withdrawn: true, dueAt: ENDS + KEEP });
    expect(only().precreated).toBeUndefined();
  });

  test('brings all others on when one cannot be, and comes back to it', async () => {
    const other = 'b'.repeat(22);
    const { at, rows, undone, faults, lines } = aSweep(precreated, { ...precreated, id: other });
    faults.undoFails = [ID];
    await expect(at(ENDS)).rejects.toThrow('1 invitations');
    expect(undone).toEqual([other]);
    expect(rows.get(ID)).toMatchObject({ state: 'expired', precreated: 'auth0|9', dueAt: ENDS });
    expect(JSON.stringify(lines)).not.toContain('ada@');
    faults.undoFails = [];
    await at(ENDS + 5 * 60_000);
    expect(undone).toEqual([other, ID]);
  });

  test('leaves alone what somebody redeemed in the meantime', async () => {
    const { at, only } = aSweep({ state: 'redeemed', redeemedBy: 'ref:ada', dueAt: ENDS });
    await at(ENDS + KEEP);
    expect(only()).toMatchObject({ state: 'redeemed', email: 'ada@example.com', redeemedBy: 'ref:ada' });
  });
});

describe('a person who is erased', () => {
  const ADA = { userRef: 'ref:ada', emailRef: 'ref-of-ada@example.com' };
  const own = {
    state: 'redeemed',
    redeemedBy: 'ref:ada',
    redeemedByUserId: 'auth0|ada',
    generation: '2026-11-01T00:00:00.000Z',
  } as const;
  const id = (letter: string) => letter.repeat(22);

  function everything(...more: Parameters<typeof anInvitation>[0][]) {
    const elsewhere = { email: 'funnel@example.com', emailRef: 'ref-of-funnel@example.com' };
    const rows = [
      { ...own, ...elsewhere, id: id('a') },
      { id: id('b') },
      { ...precreated, id: id('c') },
      ...more,
    ];
    const table = createInvitationsInMemory(...rows.map(anInvitation));
    const undone: string[] = [];
    const undo = async (row: { id: string }) => void undone.push(row.id);
    const forget = (until = '2026-11-22T00:00:00.000Z') =>
      forgetPerson({ invitations: table.invitations, undo }, ADA, until);
    return { ...table, undone, forget };
  }

  test('is taken out of what they accepted and of what is to their address', async () => {
    const { rows, undone, forget } = everything();
    expect(await forget()).toBe(3);
    expect(JSON.stringify([...rows.values()])).not.toMatch(/ada|funnel@example|auth0\|9/);
    expect([...rows.values()].map(({ state }) => state)).toEqual(['redeemed', 'revoked', 'revoked']);
    expect(undone).toEqual([id('c')]);
    expect(await forget()).toBe(0);
  });

  test('leaves what somebody else accepted, and what a later life of theirs did', async () => {
    const others = { ...own, id: id('d'), redeemedBy: 'ref:eve', redeemedByUserId: 'auth0|eve' };
    const later = { ...own, id: id('e'), generation: '2026-11-22T08:00:00.000Z' };
    const { rows, forget } = everything(others, later);
    await forget();
    expect(rows.get(id('d'))).toMatchObject({ redeemedBy: 'ref:eve' });
    expect(rows.get(id('e'))).toMatchObject({ redeemedBy: 'ref:ada' });
  });

  test('is given what is kept of them, without what checks tokens', async () => {
    const { invitations } = everything({
      ...own,
      id: id('d'),
      secrets: [{ hash: 'h', keyVersion: 'v' }],
      idempotency: { key: 'k', body: 'b' },
    });
    const rows = (await invitationsOfPerson(invitations, ADA)).map(keptOfInvitation);
    expect(rows.map((row) => row.id).toSorted()).toEqual(['a', 'b', 'c', 'd'].map(id));
    expect(JSON.stringify(rows)).not.toMatch(/hash|keyVersion|idempotency/);
  });
});
