import type { InvitationView } from '../../../events/invitations/schemas';
import { API_ROUTES } from '../../../events/provisioning-api/routes';
import { NOW } from '../../helpers/events';
import { aToken, createApiInMemory } from '../provisioning-api/helpers/api';
import { aSetOfInvitations } from './helpers/invitation-deps';
import { anInvitation, ID } from './helpers/invitations';

const INVITE = 'POST /invitations';
const LIST = 'GET /invitations';
const SHOW = 'GET /invitations/{invitation}';
const RESEND = 'POST /invitations/{invitation}/resend';
const REVOKE = 'POST /invitations/{invitation}/revocation';
const SCOPES = 'read:invitations write:invitations';
const DAY = 24 * 60 * 60_000;

const byProgram = aToken({ sub: 'funnel@clients', azp: 'funnel', gty: 'client-credentials', scope: SCOPES });
const at = (ms: number) => new Date(NOW + ms).toISOString();
const later = (ms = 7 * DAY) => at(ms);

function anApi(...given: Parameters<typeof anInvitation>[0][]) {
  const clock = { now: NOW };
  const set = aSetOfInvitations(clock, ...given.map((one) => anInvitation({ expiresAt: later(), ...one })));
  const api = createApiInMemory({ invitations: set.deps });
  const call = async (route: string, of: Parameters<typeof api.call>[1] = {}) => {
    const answer = await api.call(route, { token: byProgram, ...of });
    return { ...answer, invitation: (answer.body as { invitation?: InvitationView }).invitation };
  };
  const invite = (body: object, headers: Record<string, string> = {}) => call(INVITE, { body, headers });
  const of = (id = ID) => ({ path: { invitation: id } });
  return { ...set, ...api, clock, call, invite, of };
}

const ADA = { email: 'Ada@Example.com' };

describe('an invitation that is made', () => {
  test('has a row, a mail on its way, and an answer that opens nothing', async () => {
    const { invite, sent, only } = anApi();
    const { status, headers, invitation } = await invite({
      ...ADA,
      data: { funnelId: 'F-1', paid: true, n: 2 },
    });
    expect(status).toBe(201);
    expect(invitation).toEqual({
      ...{ id: expect.stringMatching(/^[\w-]{22}$/), state: 'open', mode: 'link', bind: 'none' },
      ...{ email: 'Ada@Example.com', roles: [], data: { funnelId: 'F-1', paid: true, n: 2 } },
      ...{ application: 'shop', language: 'en', createdBy: 'funnel@clients', sending: 1 },
      ...{ createdAt: at(0), expiresAt: later(), mail: { state: 'queued', at: at(0) } },
    });
    expect(headers.location).toBe(`/invitations/${invitation?.id}`);
    expect(sent).toEqual([{ kind: 'send', id: invitation?.id, sending: 1 }]);
    expect(only()).toMatchObject({ emailRef: 'ref-of-ada@example.com', secrets: [], state: 'open' });
  });

  test('wants a verified address where it grants roles, unless it says otherwise', async () => {
    const { invite } = anApi();
    const roles = ['editor', 'editor'];
    expect((await invite({ ...ADA, roles })).invitation).toMatchObject({
      bind: 'verified-email',
      roles: ['editor'],
    });
    expect((await invite({ ...ADA, roles, bind: 'none' })).invitation?.bind).toBe('none');
  });

  test('is for as long as was asked, to the second', async () => {
    const { invite } = anApi();
    expect((await invite({ ...ADA, expiresInDays: 30 })).invitation?.expiresAt).toBe(later(30 * DAY));
    const inBerlin = '2026-11-22T11:00:00+01:00';
    expect((await invite({ ...ADA, expiresAt: inBerlin })).invitation?.expiresAt).toBe(
      '2026-11-22T10:00:00.000Z',
    );
  });

  test.each([
    ['body.email', 'invalid-request', { email: 'ada' }],
    ['body.email', 'invalid-request', { email: 'ada@example.com\r\nBcc: all@example.com' }],
    ['body.email', 'invalid-request', {}],
    ['body.roles.1', 'unknown-role', { ...ADA, roles: ['editor', 'owner'] }],
    ['body.application', 'unknown-application', { ...ADA, application: 'casino' }],
    ['body.application', 'unknown-application', { ...ADA, application: 'constructor' }],
    ['body.expiresAt', 'invalid-request', { ...ADA, expiresAt: at(-1) }],
    ['body.expiresAt', 'invalid-request', { ...ADA, expiresAt: at(31 * DAY) }],
    ['body.expiresAt', 'invalid-request', { ...ADA, expiresAt: 'tomorrow' }],
    ['body.expiresInDays', 'invalid-request', { ...ADA, expiresInDays: 31 }],
    ['body.expiresInDays', 'invalid-request', { ...ADA, expiresInDays: 3, expiresAt: at(DAY) }],
    ['body.language', 'invalid-request', { ...ADA, language: 'la' }],
    ['body.mode', 'invalid-request', { ...ADA, mode: 'magic' }],
    ['body.bind', 'invalid-request', { ...ADA, bind: 'maybe' }],
    ['body.data', 'invalid-request', { ...ADA, data: { ...Array(5).fill('x'.repeat(500)) } }],
    ['body.data', 'invalid-request', { ...ADA, data: { ...Array(21).fill(1) } }],
    ['body.data.a', 'invalid-request', { ...ADA, data: { a: { b: 1 } } }],
    ['body.data.?', 'invalid-request', { ...ADA, data: { 'a.b': 1 } }],
    ['body.colour', 'invalid-request', { ...ADA, colour: 'red' }],
    ['body.?', 'invalid-request', { ...ADA, 'grace@example.com': 'red' }],
  ])('rejects what is wrong with %s as %s, and leaves nothing behind', async (detail, code, body) => {
    const { invite, rows, sent } = anApi();
    const answer = await invite(body);
    expect([answer.status, answer.body.code, answer.body.detail]).toEqual([400, code, detail]);
    expect([rows.size, sent]).toEqual([0, []]);
  });

  test('takes no name that would become that of every object', async () => {
    const { call } = anApi();
    const body = '{"email":"ada@example.com","data":{"__proto__":"x","n":1}}';
    expect((await call(INVITE, { body })).invitation?.data).toEqual({ n: 1 });
  });
});

describe('an Idempotency-Key', () => {
  const KEY = { 'idempotency-key': 'order-4711' };

  test('makes one invitation of the same call, however often and in whatever order it says it', async () => {
    const { invite, rows, sent } = anApi();
    const first = await invite({ ...ADA, data: { a: 1, b: 2 } }, KEY);
    const again = await invite({ data: { b: 2, a: 1 }, email: 'ada@example.com' }, KEY);
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.invitation).toEqual(first.invitation);
    expect([rows.size, sent.length]).toEqual([1, 1]);
  });

  test('rejects another call', async () => {
    const { invite, rows } = anApi();
    await invite(ADA, KEY);
    const other = await invite({ email: 'eve@example.com' }, KEY);
    expect([other.status, other.body.code]).toEqual([409, 'idempotency-mismatch']);
    expect(rows.size).toBe(1);
  });

  test('rejects one that is none', async () => {
    const { invite } = anApi();
    for (const key of ['', 'x'.repeat(256), 'a b'])
      expect((await invite(ADA, { 'idempotency-key': key })).body.detail).toBe('header.idempotency-key');
  });

  test('sends the mail that the first call could not', async () => {
    const { invite, faults, sent, only } = anApi();
    faults.queueFails = true;
    expect((await invite(ADA, KEY)).body).toMatchObject({ status: 503, code: 'unavailable' });
    expect(only()).toMatchObject({ state: 'open' });
    expect(only().mail).toBeUndefined();
    faults.queueFails = false;
    expect((await invite(ADA, KEY)).invitation).toMatchObject({ mail: { state: 'queued' } });
    expect(sent).toHaveLength(1);
  });
});

test('nothing is left to accept of an invitation that nobody was told of', async () => {
  const { invite, faults, only } = anApi();
  faults.queueFails = true;
  expect((await invite(ADA)).status).toBe(503);
  expect(only()).toMatchObject({ state: 'revoked', data: {} });
  expect(only().email).toBeUndefined();
});

test('and whoever may be on the way for it is found by its address, which is forgotten then', async () => {
  const { invite, faults, only } = anApi();
  faults.queueFails = true;
  // The queue may have taken the message of which it said nothing.
  expect((await invite({ ...ADA, mode: 'precreate' })).status).toBe(503);
  expect(only()).toMatchObject({ state: 'revoked', data: {}, email: ADA.email, forget: true, dueAt: NOW });
  expect(only().emailRef).toBeUndefined();
});

describe('an invitation that is sent anew', () => {
  const kept = { hash: 'h', keyVersion: 'v' };

  test('loses the links of earlier mails', async () => {
    const { call, of, sent, only } = anApi({ secrets: [kept], mail: { state: 'bounced', at: at(-DAY) } });
    const { status, invitation } = await call(RESEND, of());
    expect([status, invitation?.sending, invitation?.mail?.state]).toEqual([202, 2, 'queued']);
    expect(only().secrets).toEqual([]);
    expect(sent).toEqual([{ kind: 'send', id: ID, sending: 2 }]);
  });

  test.each([
    ['redeemed', {}],
    ['revoked', {}],
    ['open', { expiresAt: at(-1) }],
  ] as const)('rejects one that is %s, or is so by its time', async (state, more) => {
    const { call, of, sent } = anApi({ state, ...more });
    const { status, body } = await call(RESEND, of());
    expect([status, body.code, sent]).toEqual([409, 'invitation-closed', []]);
  });
});

test('rejects to send anew to whoever reported the mail as unwanted, and their link stays as it is', async () => {
  const { call, of, sent, only } = anApi({ mail: { state: 'complained', at: at(-DAY) } });
  const { status, body } = await call(RESEND, of());
  expect([status, body.code, sent, only().sending]).toEqual([409, 'mail-complained', [], 1]);
});

describe('an invitation that is revoked', () => {
  test('is closed, again as at first, and what was made ahead is taken back', async () => {
    const { call, of, only, undone } = anApi({ mode: 'precreate', precreated: 'auth0|9' });
    for (let time = 0; time < 2; time += 1)
      expect((await call(REVOKE, of())).invitation).toMatchObject({ state: 'revoked', revokedAt: at(0) });
    expect(undone).toEqual([ID, ID]);
    // A user whom Auth0 was making shows by then.
    expect(only().dueAt).toBe(NOW + 15 * 60_000);
  });

  test('is closed though Auth0 is away, and stays due for what is to be taken back', async () => {
    const { call, of, only, faults, undone } = anApi({ mode: 'precreate', precreated: 'auth0|9' });
    faults.undoFails = true;
    expect((await call(REVOKE, of())).status).toBe(503);
    expect(only()).toMatchObject({ state: 'revoked', precreated: 'auth0|9', dueAt: NOW });
    faults.undoFails = false;
    expect((await call(REVOKE, of())).status).toBe(200);
    expect(undone).toEqual([ID]);
  });

  test.each([
    ['redeemed', {}],
    ['open', { expiresAt: at(-1) }],
  ] as const)('rejects one that is %s', async (state, more) => {
    const { call, of } = anApi({ state, ...more });
    expect((await call(REVOKE, of())).body.code).toBe('invitation-closed');
  });
});

describe('what is shown of invitations', () => {
  test('is one, by its id, and expired from its second on', async () => {
    const { call, of, clock } = anApi({});
    expect((await call(SHOW, of())).invitation?.state).toBe('open');
    clock.now += 7 * DAY - 1;
    expect((await call(SHOW, of())).invitation?.state).toBe('open');
    clock.now += 1;
    expect((await call(SHOW, of())).invitation?.state).toBe('expired');
  });

  test('rejects an id that is none as one that nobody has', async () => {
    const { call, of } = anApi();
    for (const id of ['x', '../links', ID, '']) {
      const { status, body } = await call(SHOW, of(id));
      expect([status, body.code]).toEqual([404, 'invitation-unknown']);
    }
  });

  test('are those of a state, and those to an address in any spelling', async () => {
    const { call } = anApi(
      {},
      { id: 'b'.repeat(22), state: 'redeemed', listed: 'redeemed#2', emailRef: 'ref-of-eve@example.com' },
    );
    const idsOf = async (query: Record<string, string>) => {
      const { body } = await call(LIST, { query });
      return (body as unknown as { invitations: InvitationView[] }).invitations.map(({ id }) => id);
    };
    expect(await idsOf({})).toEqual([ID]);
    expect(await idsOf({ state: 'redeemed' })).toEqual(['b'.repeat(22)]);
    expect(await idsOf({ email: 'ADA@example.com' })).toEqual([ID]);
    expect(await idsOf({ email: 'ADA@example.com', state: 'revoked' })).toEqual([]);
    expect((await call(LIST, { query: { state: 'lost' } })).body.detail).toBe('query.state');
    expect((await call(LIST, { query: { cursor: 'x.y' } })).body.code).toBe('invalid-cursor');
  });
});

describe('who may call', () => {
  const routes = Object.values(API_ROUTES).filter((route) => 'of' in route);

  test('rejects a token without the scope, and a person without the permission', async () => {
    const { call, rows } = anApi({});
    for (const { method, path } of routes) {
      const route = `${method} ${path}`;
      expect((await call(route, { token: aToken() })).body.code).toBe('missing-scope');
      const person = aToken({ scope: SCOPES, permissions: [] });
      expect((await call(route, { token: person })).body.code).toBe('missing-permission');
    }
    expect([...rows.values()].map(({ state }) => state)).toEqual(['open']);
  });

  test('names a person by their userRef, as everywhere', async () => {
    const { call } = anApi();
    const token = aToken({ scope: SCOPES, permissions: SCOPES.split(' ') });
    expect((await call(INVITE, { token, body: ADA })).invitation?.createdBy).toBe('ref:auth0|1');
  });

  test('rejects every call where no invitations are configured', async () => {
    const { call } = createApiInMemory();
    for (const { method, path } of routes)
      expect((await call(`${method} ${path}`, { token: byProgram })).body.code).toBe('not-found');
  });
});

describe('a call of an operator', () => {
  const operator = 'arn:aws:sts::123456789012:assumed-role/operator/ada';

  test('is answered by the same code, in their name', async () => {
    const { handler, sent } = anApi();
    const answer = await handler({ operator, route: INVITE, body: ADA, headers: { 'Idempotency-Key': 'k' } });
    expect(answer.statusCode).toBe(201);
    expect(JSON.parse(`${answer.body}`).invitation.createdBy).toBe(operator);
    expect(sent).toHaveLength(1);
  });

  test('rejects what only a person may ask', async () => {
    const { handler } = anApi();
    const answer = await handler({ operator, route: 'GET /me' });
    expect([answer.statusCode, JSON.parse(`${answer.body}`).code]).toEqual([403, 'machine-token']);
  });

  test('is nothing that comes through API Gateway, whatever the caller sends', async () => {
    const { call } = anApi();
    const { body } = await call(INVITE, {
      token: aToken({ operator }),
      body: { ...ADA, operator },
      headers: { operator },
    });
    expect(body.code).toBe('missing-scope');
  });
});

describe('what a person accepted', () => {
  const accepted = {
    state: 'redeemed',
    redeemedBy: 'ref:auth0|1',
    redeemedAt: at(0),
    roles: ['editor'],
    data: { funnelId: 'F-1' },
  } as const;

  test('is shown to them, and not what an earlier life of theirs accepted', async () => {
    const { call } = anApi(
      { ...accepted, generation: '2026-11-20T09:00:00.000Z' },
      { ...accepted, id: 'c'.repeat(22), generation: '2025-01-01T00:00:00.000Z' },
    );
    const { body } = await call('GET /me', { token: aToken() });
    expect(body.invitations).toEqual([
      { id: ID, redeemedAt: at(0), roles: ['editor'], data: { funnelId: 'F-1' }, application: 'shop' },
    ]);
  });
});
