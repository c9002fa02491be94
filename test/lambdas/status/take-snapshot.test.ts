import { decodeJwt, jwtVerify } from 'jose';
import type { StandingRow } from '../../../events/readiness';
import { openSession } from '../../../lambdas/status/session';
import type { StatusSettings } from '../../../lambdas/status/status-settings';
import { readTicket } from '../../../lambdas/status/tokens/read-ticket';
import { NOW } from '../../helpers/events';
import {
  aStatusToken,
  REF,
  RETURN_SECRET,
  SETTINGS,
  STATE,
  STATUS_SECRET,
  secretsOf,
  setUp,
  USER,
} from './helpers/a-login';

const row = (system: string, state: string, code?: string): StandingRow => ({
  system,
  state,
  ...(code && { code }),
});
const LINKED = [row('crm', 'linked'), row('tickets', 'linked'), row('video', 'linked')];

async function snapshotOf(
  rows: StandingRow[],
  {
    afterMs = 0,
    settings = SETTINGS,
    ...claims
  }: { settings?: StatusSettings; [claim: string]: unknown } = {},
) {
  const run = setUp({ rows, settings });
  const opened = await openSession({ session_token: await aStatusToken(claims), state: STATE }, run.session);
  if (!opened.ok) throw new Error('The session did not open.');
  run.clock.now += Number(afterMs);
  return { ...run, snapshot: await run.session.takeSnapshot(opened.session) };
}

test('shows every system by its label and how the person stands there', async () => {
  const { snapshot, asked } = await snapshotOf([row('crm', 'linked'), row('tickets', 'pending')]);
  expect(snapshot.systems).toEqual([
    { name: 'crm', label: 'Customer file', required: true, standing: 'ready' },
    { name: 'tickets', label: 'Tickets', required: true, standing: 'waiting' },
    { name: 'video', label: 'Video', required: false, standing: 'waiting' },
  ]);
  expect(asked).toEqual([REF]);
});

test('counts what is of the life that the token names, and every row where it names none', async () => {
  const created_at = '2026-11-20T09:00:00.000Z';
  expect((await snapshotOf([], { created_at })).lives).toEqual([created_at]);
  expect((await snapshotOf([], { created_at: 'once' })).lives).toEqual([undefined]);
  expect((await snapshotOf([])).lives).toEqual([undefined]);
});

describe('the page', () => {
  test.each([
    ['waits for a required system', [row('crm', 'linked')], 0, undefined],
    ['waits to the last moment', [row('crm', 'linked')], 7_999, undefined],
    ['goes on at the deadline', [row('crm', 'linked')], 8_000, 'deadline'],
    ['goes on when the required ones are ready', LINKED.slice(0, 2), 0, 'settled'],
    ['goes on when all are ready', LINKED, 0, 'settled'],
    ['waits for the others when one failed', [row('crm', 'rejected', 'conflict')], 0, undefined],
    [
      'says that one failed when none waits',
      [row('crm', 'failed', 'timeout'), row('tickets', 'linked')],
      0,
      'failed',
    ],
    ['says that one failed at the deadline', [row('crm', 'held', 'ambiguous')], 8_000, 'failed'],
    [
      'does not mind one that is not required',
      [...LINKED.slice(0, 2), row('video', 'rejected')],
      0,
      'settled',
    ],
    [
      'needs no account where the scope leaves the person out',
      [row('crm', 'skipped', 'out-of-scope'), row('tickets', 'linked')],
      0,
      'settled',
    ],
  ])('%s', async (_, rows, afterMs, end) => {
    const { snapshot } = await snapshotOf(rows, { afterMs });
    expect(snapshot.end).toBe(end);
    expect(snapshot.deadlineAt).toBe(NOW + 8_000);
    expect(snapshot.now).toBe(NOW + afterMs);
  });

  test('keeps its deadline over reloads, as the Action set it', async () => {
    const { snapshot } = await snapshotOf([], { at: NOW - 7_000, afterMs: 1_000 });
    expect(snapshot).toMatchObject({ end: 'deadline', deadlineAt: NOW + 1_000 });
  });

  test('waits for nobody who came by a connection that brings no accounts', async () => {
    expect((await snapshotOf([], { connection: 'github' })).snapshot.end).toBe('settled');
    expect((await snapshotOf([], { connection: 'google' })).snapshot.end).toBeUndefined();
  });

  test('waits for the systems alone that the connection brings accounts in', async () => {
    const { snapshot } = await snapshotOf([row('crm', 'linked')], { connection: 'employees' });
    expect(snapshot.end).toBe('settled');
    expect(snapshot.systems.map(({ standing }) => standing)).toEqual(['ready', 'not-needed', 'not-needed']);
  });

  test.each(['constructor', '__proto__'])(
    'takes a connection called %s for one that is not named',
    async (connection) => {
      expect((await snapshotOf([], { connection })).snapshot.end).toBeUndefined();
    },
  );
});

describe('who redeemed an invitation in the login', () => {
  const roles = { name: 'auth0', label: 'Roles', required: false, onRequest: true, grants: true } as const;
  const settings = { ...SETTINGS, systems: [...SETTINGS.systems, roles] };
  const grant = { roles: ['editor'], at: NOW - 400 };
  const given = (afterMs: number) => [...LINKED, { ...row('auth0', 'linked'), ageMs: afterMs }];

  test('waits for what it grants, and goes on with the names of the roles', async () => {
    const { snapshot } = await snapshotOf(LINKED, { settings, grant });
    expect(snapshot.end).toBeUndefined();
    expect(snapshot.systems[3]).toMatchObject({ name: 'auth0', required: true, standing: 'waiting' });
    expect(decodeJwt(snapshot.returnToken)).not.toHaveProperty('roles');
    const over = await snapshotOf(given(100), { settings, grant });
    expect(over.snapshot.end).toBe('settled');
    expect(decodeJwt(over.snapshot.returnToken)).toMatchObject({ all: true, roles: ['editor'] });
  });

  test('is not told of what an earlier one granted, nor kept for longer than the deadline', async () => {
    const { snapshot } = await snapshotOf(given(60_000), { settings, grant, afterMs: 8_000 });
    expect(snapshot.end).toBe('deadline');
    expect(decodeJwt(snapshot.returnToken)).not.toHaveProperty('roles');
  });

  test.each([
    ['no time', { roles: ['editor'] }],
    ['roles that are none', { roles: [7], at: NOW }],
    ['more roles than an invitation has', { roles: Array.from({ length: 21 }, () => 'editor'), at: NOW }],
    ['a text', 'editor'],
  ])('waits for the accounts alone where the token says %s', async (_, odd) => {
    const { snapshot } = await snapshotOf(given(0), { settings, grant: odd });
    expect(snapshot.end).toBe('settled');
    expect(decodeJwt(snapshot.returnToken)).not.toHaveProperty('roles');
  });

  test('nobody else waits for it', async () => {
    const { snapshot } = await snapshotOf(LINKED, { settings });
    expect(snapshot.systems[3]).toMatchObject({ required: false, standing: 'not-needed' });
    expect(snapshot.end).toBe('settled');
  });
});

describe('the return token', () => {
  test('says exactly what the snapshot shows, to the login that asked, for a minute', async () => {
    const { snapshot } = await snapshotOf([row('crm', 'linked'), row('tickets', 'rejected', 'conflict')]);
    const { payload } = await jwtVerify(snapshot.returnToken, new TextEncoder().encode(RETURN_SECRET), {
      algorithms: ['HS256'],
      currentDate: new Date(NOW),
    });
    expect(payload).toEqual({
      purpose: 'return',
      connection: 'Username-Password-Authentication',
      ...{ sub: USER, iss: 'acme.eu.auth0.com', state: STATE },
      ...{ iat: NOW / 1000, exp: NOW / 1000 + 60 },
      ...{ all: false, ready: ['crm'], failed: ['tickets'], waiting: ['video'] },
    });
  });

  test('says that all is ready only when nothing is missing, the systems that are not required included', async () => {
    const all = async (rows: StandingRow[]) => decodeJwt((await snapshotOf(rows)).snapshot.returnToken).all;
    expect(await all(LINKED)).toBe(true);
    expect(await all(LINKED.slice(0, 2))).toBe(false);
  });
});

test('the ticket opens a socket for half a minute, and names nobody', async () => {
  const { snapshot } = await snapshotOf([]);
  expect(decodeJwt(snapshot.ticket)).toEqual({ purpose: 'ticket', sub: REF, exp: NOW / 1000 + 30 });
  const at = (now: number) => readTicket(snapshot.ticket, secretsOf(STATUS_SECRET), now);
  expect(await at(NOW + 29_999)).toMatchObject({ ok: true });
  expect(await at(NOW + 30_000)).toEqual({ ok: false, why: 'expired' });
});
