import { HANDLE_SECONDS, readHandle } from '../../../events/invitations/handle';
import { SIGNATURE_TOLERANCE_MS } from '../../../events/key-ring';
import { checkToken, MISSES_WINDOW_MS, MOST_MISSES } from '../../../lambdas/invitations/check-token';
import { checkHandle, newHandle } from '../../../lambdas/invitations/token/handle';
import { readRing } from '../../../lambdas/invitations/token/invitation-ring';
import { isTokenOf, newToken, readToken, type Token } from '../../../lambdas/invitations/token/token';
import { anInvitation, createInvitationsInMemory, ID, NOW, RING, SECRET_TEXT } from './helpers/invitations';

const OTHER_ID = 'bbbbbbbbbbbbbbbbbbbbbb';
const NEW_KEY = 'B'.repeat(44);

const parts = (token: string) => readToken(token) as Token;
const sent = (id = ID, ring = RING) => {
  const { token, kept } = newToken(id, ring);
  return { token, row: anInvitation({ id, secrets: [kept] }) };
};

describe('a token', () => {
  test('is the id and 256 random bits, and the row holds neither the secret nor a plain hash of it', () => {
    const { token, row } = sent();
    const { id, secret } = parts(token);
    expect([id, Buffer.from(secret, 'base64url').length]).toEqual([ID, 32]);
    expect(JSON.stringify(row)).not.toContain(secret);
    expect(isTokenOf(row, parts(token), RING)).toBe(true);
    expect(parts(sent().token).secret).not.toBe(secret);
  });

  test('rejects one of another invitation, with either id', () => {
    const [one, other] = [sent(), sent(OTHER_ID)];
    const swapped = `${OTHER_ID}.${parts(one.token).secret}`;
    expect(isTokenOf(other.row, parts(swapped), RING)).toBe(false);
    expect(isTokenOf(other.row, parts(one.token), RING)).toBe(false);
  });

  test('rejects what is cut off, longer, or in other characters', () => {
    const { token } = sent();
    for (const text of [
      token.slice(0, -1),
      `${token}A`,
      token.replace('.', '/'),
      ` ${token}`,
      '',
      undefined,
      {},
    ])
      expect(readToken(text)).toBeUndefined();
  });

  test('outlives a rotation of the keys, and not the end of its key', () => {
    const { token, row } = sent();
    const keys = [
      { secret: NEW_KEY, createdAt: NOW },
      { secret: SECRET_TEXT, notAfter: NOW },
    ];
    const rotated = readRing(JSON.stringify({ keys }), NOW + 1);
    expect(isTokenOf(row, parts(token), rotated)).toBe(true);
    const later = sent(ID, rotated);
    expect(later.row.secrets[0]?.keyVersion).toBe(rotated.newest.version);
    expect(isTokenOf(later.row, parts(later.token), RING)).toBe(false);
  });
});

describe('a link', () => {
  const looking = (row: ReturnType<typeof anInvitation>, now = NOW) => {
    const table = createInvitationsInMemory(row);
    const deps = { invitations: table.invitations, ring: async () => RING, now: () => now };
    return { ...table, check: (text: unknown) => checkToken(deps, text) };
  };

  test('opens its invitation as often as it is followed, and writes nothing', async () => {
    const { token, row } = sent();
    const { check, state } = looking(row);
    for (let time = 0; time < 3; time += 1) expect((await check(token)).outcome).toBe('open');
    expect(state.writes).toBe(0);
  });

  test('says no more than what happened once the invitation is closed', async () => {
    const { token, row } = sent();
    const after = Date.parse(row.expiresAt);
    const of = { language: 'en', application: 'shop' };
    expect(await looking(row, after).check(token)).toEqual({ outcome: 'invitation-expired', of });
    expect(await looking(row, after - 1).check(token)).toMatchObject({ outcome: 'open' });
    for (const [state, outcome] of [
      ['redeemed', 'invitation-used'],
      ['revoked', 'invitation-revoked'],
    ] as const)
      expect(await looking({ ...row, state }).check(token)).toEqual({ outcome, of });
  });

  test('rejects guesses as if there were no invitation, and after some of them has right ones come again later', async () => {
    const { token, row } = sent();
    const table = createInvitationsInMemory(row);
    let now = NOW;
    const check = (text: string) =>
      checkToken({ invitations: table.invitations, ring: async () => RING, now: () => now }, text);
    const guess = `${ID}.${'x'.repeat(43)}`;
    for (let guesses = 0; guesses < MOST_MISSES; guesses += 1)
      expect(await check(guess)).toEqual({ outcome: 'invitation-unknown' });
    expect(await check(token)).toEqual({ outcome: 'unavailable' });
    expect(await check(guess)).toEqual({ outcome: 'unavailable' });
    expect(await check(`${OTHER_ID}.${'x'.repeat(43)}`)).toEqual({ outcome: 'invitation-unknown' });
    now += MISSES_WINDOW_MS;
    expect((await check(token)).outcome).toBe('open');
    expect(table.only().state).toBe('open');
  });
});

describe('a handle', () => {
  const handle = newHandle(anInvitation(), RING, NOW);

  test('carries the id and its times, and no part of a token', () => {
    expect(readHandle(handle)).toMatchObject({
      ...{ id: ID, issuedAt: NOW / 1_000, expiresAt: Date.parse('2026-11-29T10:00:00.000Z') / 1_000 },
    });
    expect(readToken(handle)).toBeUndefined();
  });

  test('is good at a login within a quarter of an hour', () => {
    const at = (seconds: number) => checkHandle(handle, RING, NOW + seconds * 1_000)?.id;
    expect([at(0), at(HANDLE_SECONDS), at(HANDLE_SECONDS + 1)]).toEqual([ID, ID, undefined]);
  });

  test('is good where the clock of the login is behind by as much as its signature may be', () => {
    const behind = (ms: number) => checkHandle(handle, RING, NOW - ms)?.id;
    expect([behind(SIGNATURE_TOLERANCE_MS), behind(SIGNATURE_TOLERANCE_MS + 1_000)]).toEqual([ID, undefined]);
  });

  test('rejects one whose id, time or end somebody changed', () => {
    const [id, issuedAt, expiresAt, mac] = handle.split('.');
    for (const forged of [
      `${OTHER_ID}.${issuedAt}.${expiresAt}.${mac}`,
      `${id}.${Number(issuedAt) + 1}.${expiresAt}.${mac}`,
      `${id}.${issuedAt}.${Number(expiresAt) + 86_400}.${mac}`,
      `${id}.${issuedAt}.${expiresAt}.${'A'.repeat(43)}`,
      handle.slice(0, -1),
    ])
      expect(checkHandle(forged, RING, NOW)).toBeUndefined();
  });

  test('is no token: the mac of one is never that of the other', () => {
    const { token } = sent();
    const row = anInvitation({
      secrets: [{ hash: String(readHandle(handle)?.mac), keyVersion: RING.newest.version }],
    });
    expect(isTokenOf(row, parts(token), RING)).toBe(false);
  });
});
