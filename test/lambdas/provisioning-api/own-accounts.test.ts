import { toBody } from '../../../events/build-event';
import { parseEvent } from '../../../events/parse-event';
import { NOW } from '../../helpers/events';
import {
  ASK_MINE,
  aBareToken,
  aToken,
  BORN,
  createApiInMemory,
  inSystem,
  NAMESPACE,
  SHOW_ME,
  waiting,
} from './helpers/api';

const LINKED = { state: 'linked', accountId: 'account-1', revision: 2 } as const;

describe('who asks what is known of them', () => {
  it('reads their accounts, and nothing that workers keep for themselves', async () => {
    const { call, put } = createApiInMemory();
    put({ ...LINKED, applied: 'secret-fingerprint', instance: 'de' });
    const { status, headers, body } = await call(SHOW_ME);
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'content-type': 'application/json' });
    expect(body).toEqual({
      ...{ id: 'auth0|1', userRef: 'ref:auth0|1', passThrough: false, ready: true },
      connection: { name: 'Username-Password-Authentication', strategy: 'auth0' },
      links: [
        {
          ...{ system: 'crm', state: 'linked', accountId: 'account-1', instance: 'de' },
          updatedAt: '1970-01-01T00:00:00.000Z',
        },
      ],
    });
  });

  it.each([
    ['linked', undefined, true],
    ['pending', undefined, false],
    ['held', 'conflict', false],
    ['skipped', 'out-of-scope', true],
  ] as const)(
    'reads whether they have what they need: %s %s in the required system',
    async (state, code, ready) => {
      const { call, put } = createApiInMemory();
      put({ state, ...(code && { code }) });
      // Of a system that nobody waits for it makes no difference.
      put({ system: 'tickets', state: 'pending' });
      expect((await call(SHOW_ME)).body.ready).toBe(ready);
    },
  );

  it('reads that nobody told the required system of them yet', async () => {
    const { call, put } = createApiInMemory();
    put({ system: 'tickets', ...LINKED });
    expect((await call(SHOW_ME)).body.ready).toBe(false);
  });

  it('is asked for by their connection', async () => {
    const asked: unknown[] = [];
    const expected = (connection: string | undefined) => {
      asked.push(connection);
      return [{ name: 'crm', required: true, jit: false }];
    };
    const { call } = createApiInMemory({ expected });
    expect((await call(SHOW_ME)).body.ready).toBe(true);
    expect(asked).toEqual(['Username-Password-Authentication']);
  });

  it('reads why there is no account, in words', async () => {
    const { call, put } = createApiInMemory();
    put({ state: 'held', code: 'conflict' });
    const { body } = await call(SHOW_ME);
    expect(body.links).toMatchObject([
      { state: 'held', code: 'conflict', words: expect.stringMatching(/operator/) },
    ]);
  });

  it('is nobody that we know, and reads that there is nothing', async () => {
    const { call } = createApiInMemory();
    expect((await call(SHOW_ME)).body.links).toEqual([]);
  });

  it('reads that their connection brings no accounts', async () => {
    const { call } = createApiInMemory({ jit: { default: true, connections: { github: false } } });
    const connection = { name: 'github', strategy: 'github' };
    const told = await call(SHOW_ME, { token: aToken({ [`${NAMESPACE}connection`]: connection }) });
    expect(told.body.passThrough).toBe(true);
    expect((await call(SHOW_ME, { token: aBareToken() })).body).not.toHaveProperty('passThrough');
  });
});

describe('who asks for an account', () => {
  it('gets the id of the one that is there, and nobody is told of anything', async () => {
    const { call, put, published, table } = createApiInMemory();
    put(LINKED);
    const { status, body } = await call(ASK_MINE, inSystem());
    expect([status, body.link?.accountId]).toEqual([200, 'account-1']);
    expect([published, table.state.writes]).toEqual([[], 0]);
  });

  it('and whom nobody ever told of is told of by an event for this system alone, with what the token says', async () => {
    const { call, published } = createApiInMemory();
    const { status, headers, body } = await call(ASK_MINE, inSystem());
    expect([status, headers['retry-after'], body.link]).toEqual([
      202,
      '2',
      { system: 'crm', state: 'pending' },
    ]);
    expect(published).toHaveLength(1);
    expect(published[0]).toMatchObject({
      ...{ type: 'user.provision-requested', source: 'urn:punctual:provisioning-api' },
      time: new Date(NOW).toISOString(),
      data: {
        user: { user_id: 'auth0|1', created_at: BORN, email: 'ada@example.com', email_verified: false },
        connection: { name: 'Username-Password-Authentication', strategy: 'auth0' },
        system: 'crm',
      },
    });
    expect(parseEvent(toBody(published[0] as never))).toMatchObject({ ok: true });
  });

  it('waits until it is there and gets its id', async () => {
    const { call, put, later, clock } = createApiInMemory();
    later.push({ atMs: 700, does: () => put(LINKED) });
    const { status, headers, body } = await call(ASK_MINE, { ...inSystem(), ...waiting(10) });
    expect([status, headers['preference-applied']]).toEqual([200, 'wait=10']);
    expect(body.link).toMatchObject({ state: 'linked', accountId: 'account-1' });
    expect(clock.now - NOW).toBeLessThan(1_000);
  });

  it('and is told to come again once the time is up, with how it stands', async () => {
    const { call, put, later, clock } = createApiInMemory();
    later.push({ atMs: 700, does: () => put({ state: 'pending', code: 'remote-unavailable', revision: 2 }) });
    const { status, headers, body } = await call(ASK_MINE, { ...inSystem(), ...waiting(3) });
    expect([status, headers['retry-after'], headers['preference-applied']]).toEqual([202, '2', 'wait=3']);
    expect(body.link).toMatchObject({ state: 'pending', code: 'remote-unavailable' });
    expect(clock.now - NOW).toBe(3_000);
  });

  it('gives the same event the same id, and another one another', async () => {
    const { call, published } = createApiInMemory();
    for (const country of [undefined, undefined, 'de', 'DE']) {
      await call(ASK_MINE, { ...inSystem(), body: country === undefined ? undefined : { country } });
    }
    await call(ASK_MINE, inSystem('tickets'));
    await call(ASK_MINE, { ...inSystem(), token: aToken({ sub: 'auth0|2' }) });
    const [one, two, ...others] = published.map(({ id }) => id);
    expect(one).toBe(two);
    expect(new Set(others).size).toBe(4);
    expect(others).not.toContain(one);
    expect(published.map(({ data }) => data.country)).toEqual([
      undefined,
      undefined,
      'de',
      'DE',
      undefined,
      undefined,
    ]);
  });

  it('asks nobody anew while somebody works on it, and waits with them', async () => {
    const { call, put, later, published } = createApiInMemory();
    put({ state: 'pending', lease: { token: 't', until: NOW + 1_000 } });
    later.push({ atMs: 300, does: () => put({ ...LINKED, revision: 3 }) });
    const { status } = await call(ASK_MINE, { ...inSystem(), ...waiting(5) });
    expect([status, published]).toEqual([200, []]);
  });

  it.each([
    ['that made none until somebody asks', { state: 'skipped', code: 'not-asked-yet' }],
    ['of whose scope nobody told', { state: 'skipped', code: 'scope-unknown' }],
    ['that an operator let go on', { state: 'pending', attempts: 0 }],
    [
      'in which an earlier life left something',
      { state: 'deprovisioned', code: 'deleted', generation: '2020-01-01T00:00:00Z' },
    ],
  ] as const)('asks for it in a system %s, and takes what was there before for no answer', async (_, row) => {
    const { call, put, later, published } = createApiInMemory();
    put(row);
    later.push({ atMs: 400, does: () => put({ ...LINKED, revision: 7 }) });
    const { status, body } = await call(ASK_MINE, { ...inSystem(), ...waiting(10) });
    expect([status, body.link?.accountId, published.length]).toEqual([200, 'account-1', 1]);
  });

  it.each([
    ['an operator has to decide', { state: 'held', code: 'conflict' }],
    ['the system refused the account', { state: 'rejected', code: 'remote-rejected' }],
    ['it was given up', { state: 'failed', code: 'remote-unavailable' }],
    ['the scope leaves the user out', { state: 'skipped', code: 'out-of-scope' }],
  ] as const)('fails at once with the code of the link where %s', async (_, row) => {
    const { call, put, published } = createApiInMemory();
    put(row);
    const { status, headers, body } = await call(ASK_MINE, { ...inSystem(), ...waiting(10) });
    expect([status, body.code, body.status]).toEqual([409, row.code, 409]);
    expect(headers['content-type']).toBe('application/problem+json');
    expect(body.link).toMatchObject(row);
    expect(body).toMatchObject({ title: expect.stringMatching(/\.$/), requestId: 'request-1' });
    expect(published).toEqual([]);
  });

  it('fails with the code that it ended with while the caller waited', async () => {
    const { call, put, later } = createApiInMemory();
    later.push({ atMs: 300, does: () => put({ state: 'rejected', code: 'country-missing', revision: 2 }) });
    const { status, body } = await call(ASK_MINE, { ...inSystem(), ...waiting(10) });
    expect([status, body.code]).toEqual([409, 'country-missing']);
  });

  it('mends a country that was missing by saying it', async () => {
    const { call, put, published } = createApiInMemory();
    put({ state: 'rejected', code: 'country-missing' });
    expect((await call(ASK_MINE, inSystem())).status).toBe(409);
    expect((await call(ASK_MINE, { ...inSystem(), body: { country: 'de' } })).status).toBe(202);
    expect(published.map(({ data }) => data.country)).toEqual(['de']);
  });

  it('takes an account that the system makes itself for there once it was told, unless it is to sign it off', async () => {
    const { call, put } = createApiInMemory();
    put({ state: 'handed-over' });
    put({ state: 'handed-over', system: 'tickets', dueAt: NOW + 1_000 });
    expect((await call(ASK_MINE, inSystem())).status).toBe(200);
    expect((await call(ASK_MINE, inSystem('tickets'))).status).toBe(202);
  });

  it('is not kept waiting where too many do already', async () => {
    const { call, waiting: room, clock } = createApiInMemory();
    room.now = room.most;
    const { status, headers } = await call(ASK_MINE, { ...inSystem(), ...waiting(10) });
    expect([status, headers['retry-after'], clock.now]).toEqual([202, '2', NOW]);
    expect(headers).not.toHaveProperty('preference-applied');
  });

  it('gives their place back, however it ended', async () => {
    const { call, later, table, waiting: room } = createApiInMemory();
    later.push({ atMs: 100, does: () => (table.state.failing = true) });
    const { status, body } = await call(ASK_MINE, { ...inSystem(), ...waiting(10) });
    expect([status, body.code, room.now]).toEqual([503, 'unavailable', 0]);
  });
});

describe('who may not', () => {
  it('fails for a connection that brings no accounts, and for a system that it does not bring', async () => {
    const jit = { default: true, connections: { github: false, employees: ['tickets'] } };
    const { call, put, published } = createApiInMemory({ jit });
    const by = (name: string) => aToken({ [`${NAMESPACE}connection`]: { name, strategy: 'x' } });
    const codes = async (name: string, system: string) => {
      const { status, body } = await call(ASK_MINE, { ...inSystem(system), token: by(name) });
      return [status, body.code];
    };
    expect(await codes('github', 'crm')).toEqual([403, 'jit-off']);
    expect(await codes('employees', 'crm')).toEqual([403, 'jit-off']);
    expect(published).toEqual([]);
    expect((await codes('employees', 'tickets'))[0]).toBe(202);
    expect((await codes('constructor', 'crm'))[0]).toBe(202);
    put({ state: 'skipped', code: 'jit-off' });
    expect(await codes('github', 'crm')).toEqual([403, 'jit-off']);
    expect((await codes('google', 'crm'))[0]).toBe(202);
    put({ state: 'skipped', code: 'jit-off', broughtBy: 'google' });
    expect((await codes('github', 'crm'))[0]).toBe(202);
    put(LINKED);
    expect((await codes('github', 'crm'))[0]).toBe(200);
  });

  it('fails where nobody says who they are, and makes no account of an id alone', async () => {
    const { call, published } = createApiInMemory();
    const { status, body } = await call(ASK_MINE, { ...inSystem(), token: aBareToken() });
    expect([status, body.code, published]).toEqual([409, 'profile-unknown', []]);
  });

  it('fails where the connection decides and nobody says which one it is', async () => {
    const { call } = createApiInMemory({ jit: { default: true, connections: { github: false } } });
    const token = aToken({ [`${NAMESPACE}connection`]: undefined });
    expect((await call(ASK_MINE, { ...inSystem(), token })).body.code).toBe('profile-unknown');
  });

  it('fails for a system that is not there', async () => {
    const { call } = createApiInMemory();
    for (const system of ['nowhere', '', '../crm', 'crm%2f', 'constructor', 'CRM']) {
      const { status, body } = await call(ASK_MINE, inSystem(system));
      expect([status, body.code]).toEqual([404, 'no-system']);
    }
  });

  it.each([
    ['{', 'body'],
    ['[]', 'body'],
    ['{"country":7}', 'body.country'],
    ['{"country":""}', 'body.country'],
    ['{"user":{"email":"eve@example.com"}}', 'body.user'],
    [JSON.stringify({ country: 'x'.repeat(65) }), 'body.country'],
  ])('fails for the body %s', async (body, detail) => {
    const { call, published } = createApiInMemory();
    const answer = await call(ASK_MINE, { ...inSystem(), body });
    expect([answer.status, answer.body.code, answer.body.detail]).toEqual([400, 'invalid-request', detail]);
    expect(published).toEqual([]);
  });
});
