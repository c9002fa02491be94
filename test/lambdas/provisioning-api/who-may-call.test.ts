import { NOW } from '../../helpers/events';
import {
  ASK_FOR,
  ASK_MINE,
  aBareToken,
  anApiEvent,
  aToken,
  BORN,
  bearer,
  createApiInMemory,
  ERASE,
  EVERY_SCOPE,
  EXPORT,
  inSystem,
  LIST,
  NAMESPACE,
  ofUser,
  RETRY,
  SHOW_ME,
  SHOW_USER,
} from './helpers/api';

const LATER = '2026-11-20T09:30:00.000Z';
const born = (created_at: string) => aToken({ [`${NAMESPACE}user`]: { created_at } });

describe('a token', () => {
  it.each([
    ['nothing', undefined],
    ['what is none', 'Bearer x'],
    ['a scheme alone', 'Bearer'],
    ['two of them', `${bearer(aToken())}, ${bearer(aToken({ sub: 'auth0|2' }))}`],
    ['one whose claims are no object', `Bearer aaa.${Buffer.from('[1]').toString('base64url')}.ccc`],
    ['that of somebody else than the authorizer saw', bearer(aToken({ sub: 'auth0|2' }))],
    ['that of somebody else who makes tokens', bearer(aToken({ iss: 'https://evil.example.com/' }))],
    ['one without a user', bearer(aToken({ sub: undefined }))],
  ])('fails that is %s', async (_, authorization) => {
    const { handler, published } = createApiInMemory();
    const event = anApiEvent(ASK_MINE, inSystem());
    const headers = authorization === undefined ? {} : { authorization };
    const { statusCode, body } = await handler({ ...event, headers });
    expect([statusCode, JSON.parse(body ?? '').code, published]).toEqual([401, 'invalid-token', []]);
  });

  it.each(['bearer', 'BEARER', 'Bearer  '])('may come as %j', async (scheme) => {
    const { handler } = createApiInMemory();
    const event = anApiEvent(SHOW_ME, {});
    const authorization = bearer(aToken()).replace('Bearer', scheme);
    expect((await handler({ ...event, headers: { authorization } })).statusCode).toBe(200);
  });

  it.each([
    [SHOW_ME, 'read:me'],
    [ASK_MINE, 'write:me'],
    [SHOW_USER, 'read:links'],
    [ASK_FOR, 'write:links'],
    [RETRY, 'write:links'],
    [LIST, 'read:links'],
    [ERASE, 'erase:users'],
    [EXPORT, 'export:users'],
  ])('fails for %s without %s, though the authorizer let it pass', async (route, scope) => {
    const { call } = createApiInMemory();
    const others = EVERY_SCOPE.replace(scope, `x${scope}`);
    const place = ofUser('auth0|1', { system: 'crm' });
    const { status, body } = await call(route, { ...place, token: aToken({ scope: others }) });
    expect([status, body.code]).toEqual([403, 'missing-scope']);
    expect((await call(route, { ...place, token: aToken({ scope: [scope] }) })).status).toBe(403);
  });

  it.each([
    ['whose grant says so', { gty: 'client-credentials' }],
    ['whose grants say so', { gty: ['password', 'client-credentials'] }],
    ['whose name says so', { sub: 'abc@clients' }],
  ])('of a program fails for what is about a person: %s', async (_, fields) => {
    const { call, published } = createApiInMemory();
    for (const route of [SHOW_ME, ASK_MINE]) {
      const { status, body } = await call(route, { ...inSystem(), token: aToken(fields) });
      expect([status, body.code]).toEqual([403, 'machine-token']);
    }
    expect(published).toEqual([]);
  });

  it.each([
    ['Auth0', { azp: 'abc', gty: 'client-credentials' }],
    ['RFC 9068', { client_id: 'abc' }],
  ])('of a program may look after others, in the profile of %s', async (_, fields) => {
    const { call, put } = createApiInMemory();
    put({});
    const token = aBareToken({ sub: 'abc@clients', permissions: undefined, ...fields });
    expect((await call(SHOW_USER, { ...ofUser(), token })).status).toBe(200);
  });

  // A tenant gives every scope of an API to whoever asks for it at login, unless somebody switched its RBAC on.
  it.each([
    ['who asked for every scope and was permitted nothing', { permissions: [] }],
    ['of an API that permits nobody anything', { permissions: undefined }],
    ['who may see their own', { permissions: ['read:me', 'write:me'] }],
    ['whose permissions are a text', { permissions: EVERY_SCOPE }],
    [
      'whose id looks like that of a program',
      { sub: 'samlp|acme|abc@clients', azp: 'abc', permissions: undefined },
    ],
    ['whose id is as long as that of a program', { sub: 'abc@clients', azp: 'xyz', permissions: undefined }],
  ])('of a person fails for what is about others: one %s', async (_, fields) => {
    const { call, put, published } = createApiInMemory();
    put({ state: 'linked', accountId: 'of-the-victim' });
    const of = { ...ofUser('auth0|1', { system: 'crm' }), token: aToken({ azp: 'app', ...fields }) };
    for (const route of [SHOW_USER, ASK_FOR, RETRY, ERASE, EXPORT]) {
      const { status, body } = await call(route, of);
      expect([route, status, body.code]).toEqual([route, 403, 'missing-permission']);
    }
    const query = { system: 'crm', state: 'held' };
    expect((await call(LIST, { query, token: of.token })).body.code).toBe('missing-permission');
    expect(published).toEqual([]);
  });

  it('of a person may look after others as far as the permissions say', async () => {
    const { call, put } = createApiInMemory();
    put({});
    const token = aToken({ permissions: ['read:links'] });
    expect((await call(SHOW_USER, { ...ofUser(), token })).status).toBe(200);
    expect((await call(ERASE, { ...ofUser(), token })).body.code).toBe('missing-permission');
  });
});

describe('a valid token of somebody who', () => {
  it.each([
    ['was erased', { state: 'deprovisioned', code: 'erased', ended: 'erased' }, 'user-erased'],
    ['is being erased', { state: 'deprovisioning', code: 'erased', ended: 'erased' }, 'user-erased'],
    ['was deleted', { state: 'deprovisioned', code: 'deleted' }, 'user-deleted'],
    ['is going', { state: 'deprovisioning', code: 'deleted', ended: 'deleted' }, 'user-deleted'],
    [
      'became part of another one',
      { state: 'held', code: 'merge-pending', ended: 'deleted' },
      'user-deleted',
    ],
    ['is blocked', { state: 'disabled', blocked: true, blockedAt: NOW }, 'user-blocked'],
    [
      'was blocked before there was an account',
      { state: 'skipped', code: 'disabled', blocked: true, blockedAt: 1 },
      'user-blocked',
    ],
  ] as const)('%s fails, in every system', async (_, row, code) => {
    const { call, put, published } = createApiInMemory();
    put(row);
    put({ system: 'tickets', state: 'linked', accountId: 'account-2' });
    for (const token of [aToken(), aBareToken(), born(BORN)]) {
      const me = await call(SHOW_ME, { token });
      const mine = await call(ASK_MINE, { ...inSystem('tickets'), token });
      expect([me.status, me.body.code, mine.status, mine.body.code]).toEqual([403, code, 403, code]);
      expect(JSON.stringify([me.body, mine.body])).not.toContain('account-2');
    }
    const other = await call(ASK_FOR, { ...ofUser('auth0|1', { system: 'crm' }), token: aBareToken() });
    expect([other.status, other.body.code, published]).toEqual([409, code, []]);
  });

  it('signed up again is of the new life, in which there is nothing yet', async () => {
    const { call, put, published } = createApiInMemory();
    put({ state: 'deprovisioned', code: 'erased', ended: 'erased' });
    expect((await call(SHOW_ME, { token: born(LATER) })).body.links).toEqual([]);
    expect((await call(ASK_MINE, { ...inSystem(), token: born(LATER) })).status).toBe(202);
    expect(published[0]?.data.user.created_at).toBe(LATER);
  });

  it.each([
    ['an attribute that is none', { tier: { deep: true } }],
    ['an address that is too long', { email: 'x'.repeat(400) }],
  ])('has %s among the claims is of the new life all the same', async (_, attributes) => {
    const { call, put } = createApiInMemory();
    put({ state: 'linked', accountId: 'account-1' });
    const token = aToken({ [`${NAMESPACE}user`]: { created_at: LATER, ...attributes } });
    expect((await call(SHOW_ME, { token })).body.links).toEqual([]);
  });

  it('has a token of the life before fails, also where nothing is left of that', async () => {
    const { call, put } = createApiInMemory();
    put({ state: 'linked', accountId: 'account-1', generation: LATER });
    expect((await call(SHOW_ME, { token: born(BORN) })).body.code).toBe('user-deleted');
    expect((await call(SHOW_ME, { token: born(LATER) })).status).toBe(200);
  });

  it('is not blocked any more is let in by the latest word, also while a system has not heard of it', async () => {
    const { call, put } = createApiInMemory();
    put({ state: 'disabled', blocked: true, blockedAt: NOW });
    put({ system: 'tickets', state: 'linked', accountId: 'account-2', blocked: false, blockedAt: NOW + 1 });
    expect((await call(SHOW_ME)).status).toBe(200);
  });

  it('left the scope of a system is let in', async () => {
    const { call, put } = createApiInMemory();
    put({ state: 'deprovisioning', code: 'out-of-scope', outside: true, next: 'disable' });
    expect((await call(SHOW_ME)).status).toBe(200);
  });
});

describe("nobody reaches another user's rows with their own token", () => {
  const VICTIM = 'auth0|victim';
  /** Ids as connections give them, and as somebody would choose them who wants to be taken for another one. */
  const IDS = [
    'auth0|victim/',
    'auth0|victim#',
    'auth0|victim?',
    'auth0|victim@example.com',
    'auth0|victim%00',
    'auth0%7Cvictim',
    'auth0|../auth0|victim',
    'auth0|./victim',
    'AUTH0|VICTIM',
    'auth0|victim|1',
    'auth0|vıctim',
    'auth0|victim ',
    'samlp|acme|o=x,ou=y/victim?a=b#c@d',
  ];

  it.each(IDS)('with the id %j', async (sub) => {
    const { call, put, published } = createApiInMemory();
    put({ userRef: `ref:${VICTIM}`, state: 'linked', accountId: 'of-the-victim' });
    const path = {
      system: 'crm',
      id: Buffer.from(VICTIM).toString('base64url'),
      sub: VICTIM,
      userId: VICTIM,
    };
    const token = aToken({
      sub,
      user_id: VICTIM,
      [`${NAMESPACE}user`]: { created_at: BORN, user_id: VICTIM },
    });
    const of = {
      token,
      path,
      query: { id: VICTIM, user_id: VICTIM, sub: VICTIM },
      headers: { 'x-user-id': VICTIM },
    };
    const me = await call(SHOW_ME, of);
    expect([me.status, me.body.id, me.body.links]).toEqual([200, sub, []]);
    const mine = await call(ASK_MINE, of);
    expect([mine.status, JSON.stringify(mine.body).includes('of-the-victim')]).toEqual([202, false]);
    expect(published.map(({ data }) => data.user.user_id)).toEqual([sub]);
  });

  it.each(['', 'auth0|\u0000', 'auth0|\ud800', 'x'.repeat(1_025), 7, null, ['auth0|1'], { id: 'auth0|1' }])(
    'fails with the id %j',
    async (sub) => {
      const { call, published } = createApiInMemory();
      const { status, body } = await call(ASK_MINE, { ...inSystem(), token: aToken({ sub }) });
      expect([status, body.code, published]).toEqual([401, 'invalid-token', []]);
    },
  );

  it.each([
    ['not as we write it', 'auth0|1'],
    ['padded', `${Buffer.from('auth0|12').toString('base64url')}=`],
    ['of another alphabet', Buffer.from('auth0|?>?>').toString('base64')],
    ['with bits that say nothing', `${Buffer.from('auth0|12').toString('base64url').slice(0, -1)}J`],
    ['of bytes that are no text', Buffer.from([0xff, 0xfe, 0x41]).toString('base64url')],
    ['of a control character', Buffer.from('auth0|\u0007').toString('base64url')],
    ['empty', ''],
    ['of an encoded path', encodeURIComponent('../me')],
  ])('and an administrator fails with an id %s', async (_, id) => {
    const { call } = createApiInMemory();
    const { status, body } = await call(SHOW_USER, { path: { id } });
    expect([status, body.code, body.detail]).toEqual([400, 'invalid-request', 'path.id']);
  });

  it.each(IDS)('and an administrator reaches exactly %j', async (userId) => {
    const { call, put } = createApiInMemory();
    put({ userRef: `ref:${VICTIM}`, state: 'linked', accountId: 'of-the-victim' });
    expect((await call(SHOW_USER, ofUser(userId))).body.code).toBe('user-unknown');
    put({ userRef: `ref:${userId}`, state: 'linked', accountId: 'theirs' });
    const { body } = await call(SHOW_USER, ofUser(userId));
    expect([body.id, body.links]).toEqual([userId, [expect.objectContaining({ accountId: 'theirs' })]]);
  });
});

it('no log line says who called, and each says how it ended', async () => {
  const { call, lines } = createApiInMemory();
  await call(ASK_MINE, inSystem());
  await call(SHOW_USER, ofUser('auth0|ada'));
  await call('DELETE /me');
  expect(lines).toEqual([
    expect.objectContaining({ type: ASK_MINE.replace(/[{}]/g, ''), outcome: '202', requestId: 'request-1' }),
    expect.objectContaining({ outcome: '404', code: 'user-unknown' }),
    expect.objectContaining({ outcome: '404', code: 'not-found' }),
  ]);
  expect(JSON.stringify(lines)).not.toMatch(/ada|auth0|YXV0/);
});

it('fails with nothing but a code where the table cannot be reached', async () => {
  const { call, table, lines, measured } = createApiInMemory();
  await call('DELETE /me');
  expect(measured.splice(0).concat(lines.splice(0).map(String))).toHaveLength(1);
  table.state.failing = true;
  const { status, headers, body } = await call(SHOW_ME);
  expect([status, body.code, headers['retry-after']]).toEqual([503, 'unavailable', '2']);
  expect(JSON.stringify(body)).not.toContain('the table');
  expect(lines).toEqual([expect.objectContaining({ level: 'error', error: 'Error' })]);
  expect(measured).toEqual(['ProvisioningApiFailed']);
});
