import type { Invitation } from '../../../events/invitations/invitation';
import { forgetPerson } from '../../../lambdas/invitations/forget-person';
import { invitationsOfPerson, keptOfInvitation } from '../../../lambdas/invitations/invitations-of-person';
import { Auth0NotReadyError } from '../../../lambdas/invitations/precreate/expected';
import { createInvitationSweep } from '../../../lambdas/invitations/sweep-invitations';
import { anInvitation, createInvitationsInMemory, ID } from './helpers/invitations';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ENDS = Date.parse('2026-11-29T10:00:00.000Z');
const KEEP = 30 * DAY;

function aSweep(...given: Parameters<typeof anInvitation>[0][]) {
  const table = createInvitationsInMemory(...given.map(anInvitation));
  const clock = { now: ENDS };
  const undone: string[] = [];
  const lines: object[] = [];
  const faults = { undoFails: [] as string[], undoTakesMs: 0 };
  const sweep = createInvitationSweep({
    invitations: table.invitations,
    undo: async ({ id }) => {
      clock.now += faults.undoTakesMs;
      if (faults.undoFails.includes(id)) throw new Auth0NotReadyError('403');
      undone.push(id);
    },
    ...{ keepMs: KEEP, budgetMs: MINUTE },
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

  test('takes back whom it made ahead, after the row says that it is over, and looks once more when nobody can come any more', async () => {
    const { at, only, undone } = aSweep(precreated);
    await at(ENDS);
    await at(ENDS + 5 * MINUTE);
    expect(undone).toEqual([ID]);
    expect(only()).toMatchObject({ ...precreated, state: 'expired', dueAt: ENDS + 15 * MINUTE });
    await at(ENDS + 15 * MINUTE);
    await at(ENDS + 20 * MINUTE);
    expect(undone).toEqual([ID, ID]);
    expect(only()).toMatchObject({ state: 'expired', withdrawn: true, dueAt: ENDS + KEEP });
    expect(only().precreated).toBeUndefined();
  });

  test('takes back whom it made ahead for what somebody else has, and keeps what they have', async () => {
    const theirs = {
      ...precreated,
      state: 'redeemed',
      redeemedBy: 'ref:eve',
      redeemedByUserId: 'google|eve',
    } as const;
    const { at, only, undone } = aSweep({ ...theirs, redeemedAt: new Date(ENDS).toISOString(), dueAt: ENDS });
    for (const minutes of [0, 15, 20]) await at(ENDS + minutes * MINUTE);
    expect(undone).toEqual([ID, ID]);
    expect(only()).toMatchObject({ state: 'redeemed', redeemedBy: 'ref:eve', email: 'ada@example.com' });
    expect([only().due, only().precreated]).toEqual([undefined, undefined]);
  });

  test('brings all others on when one cannot be, and comes back to it', async () => {
    const other = 'b'.repeat(22);
    const { at, rows, undone, faults, lines } = aSweep(precreated, { ...precreated, id: other });
    faults.undoFails = [ID];
    await at(ENDS);
    expect(undone).toEqual([other]);
    expect(rows.get(ID)).toMatchObject({ state: 'expired', precreated: 'auth0|9', dueAt: ENDS + 5 * MINUTE });
    expect(lines[0]).toEqual({
      ...{ level: 'error', message: 'invitation not brought on', invitation: ID },
      ...{ error: 'Auth0NotReadyError', outcome: '403', count: 1 },
    });
    faults.undoFails = [];
    await at(ENDS + 5 * MINUTE);
    expect(undone).toEqual([other, ID]);
    expect(rows.get(ID)).not.toHaveProperty('failures');
  });

  test('comes to what keeps failing ever later, fails itself as long as there is such a one, and never gives it up', async () => {
    const { at, only, undone, faults } = aSweep(precreated);
    faults.undoFails = [ID];
    const pauses: number[] = [];
    const failed: boolean[] = [];
    for (let now = ENDS; pauses.length < 10; now = only().dueAt ?? 0) {
      failed.push(
        await at(now).then(
          () => false,
          () => true,
        ),
      );
      pauses.push(((only().dueAt ?? 0) - now) / MINUTE);
    }
    expect(pauses).toEqual([5, 10, 20, 40, 80, 160, 320, 360, 360, 360]);
    expect(failed).toEqual([false, false, ...Array(8).fill(true)]);
    const due = only().dueAt ?? 0;
    await expect(at(due - HOUR)).rejects.toThrow('1 invitations');
    faults.undoFails = [];
    await at(due);
    expect([undone, only()]).toMatchObject([[ID], { withdrawn: true }]);
    await at(due + 5 * MINUTE);
  });

  test('lets nobody wait behind hundreds that fail for ever', async () => {
    const ids = Array.from({ length: 900 }, (_, n) => `b${n}`.padEnd(22, 'b'));
    const late = { ...precreated, expiresAt: new Date(ENDS + HOUR).toISOString() };
    const { at, undone, faults } = aSweep(...ids.map((id) => ({ ...precreated, id })), {
      ...late,
      id: 'b'.repeat(22),
    });
    faults.undoFails = ids;
    for (let minutes = 0; minutes <= 70; minutes += 5)
      await at(ENDS + minutes * MINUTE).catch(() => undefined);
    expect(undone).toContain('b'.repeat(22));
  });

  test('ends before its function does where Auth0 is slow, and goes on with the next', async () => {
    const ids = Array.from({ length: 30 }, (_, n) => `${n}`.padEnd(22, 'b'));
    const { at, undone, faults } = aSweep(...ids.map((id) => ({ ...precreated, id })));
    faults.undoTakesMs = 4_000;
    await at(ENDS);
    expect(undone).toHaveLength(20);
    await at(ENDS + 5 * MINUTE);
    expect(new Set(undone)).toEqual(new Set(ids));
  });

  test('fails at once when not even that can be written', async () => {
    const { at, faults, invitations } = aSweep(precreated);
    faults.undoFails = [ID];
    const { replace } = invitations;
    let writes = 0;
    invitations.replace = async (...args) => {
      writes += 1;
      if (writes > 1) throw new Error('the table is unavailable');
      return replace(...args);
    };
    await expect(at(ENDS)).rejects.toThrow('1 invitations');
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
    const now = () => Date.parse('2026-11-23T00:00:00.000Z');
    const forget = (until = '2026-11-22T00:00:00.000Z') =>
      forgetPerson({ invitations: table.invitations, undo, now }, ADA, until);
    return { ...table, undone, forget };
  }

  test('is taken out of what they accepted and of what is to their address', async () => {
    const { rows, undone, forget } = everything();
    expect(await forget()).toBe(3);
    const { email: ahead, precreated: made, ...rest } = rows.get(id('c')) as Invitation;
    expect(JSON.stringify([rows.get(id('a')), rows.get(id('b')), rest])).not.toMatch(/ada@|funnel@example/);
    expect([ahead, made, rest.forget]).toEqual(['ada@example.com', 'auth0|9', true]);
    expect([...rows.values()].map(({ state }) => state)).toEqual(['redeemed', 'revoked', 'revoked']);
    expect(undone).toEqual([id('c')]);
    expect(await forget()).toBe(0);
  });

  test('is forgotten wholly once nobody can be left who was made ahead for them', async () => {
    const { invitations, rows, forget } = everything();
    await forget();
    const clock = { now: Date.parse('2026-11-23T00:00:00.000Z') };
    const sweep = createInvitationSweep({
      ...{ invitations, keepMs: KEEP, budgetMs: MINUTE, now: () => clock.now },
      ...{ undo: async () => undefined, log: () => undefined },
    });
    for (const minutes of [5, 10]) {
      clock.now += minutes * MINUTE;
      await sweep();
    }
    expect(JSON.stringify([...rows.values()])).not.toMatch(/ada@|funnel@example|auth0\|9|"due/);
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
