import {
  ASK_FOR,
  ASK_MINE,
  aProgramsToken,
  aToken,
  BORN,
  createApiInMemory,
  ERASE,
  EXPORT,
  inSystem,
  ofUser,
  RETRY,
  SHOW_USER,
} from './helpers/api';

const token = aProgramsToken();
const inCrm = { ...ofUser('auth0|1', { system: 'crm' }), token };
const SAID = { user: { created_at: BORN, email: 'ada@example.com' } };
const WHO = 'provisioning-api/tool';

it('notes who did what to whom, and how it ended', async () => {
  const { call, put, acts } = createApiInMemory();
  await call(ASK_FOR, { ...inCrm, body: SAID });
  put({ state: 'failed', code: 'remote-unavailable' });
  await call(RETRY, { ...inCrm, body: SAID });
  await call(EXPORT, { ...ofUser(), token });
  await call(ERASE, { ...ofUser(), token });
  expect(acts).toEqual([
    { who: WHO, act: 'api ask', subject: 'crm ref:auth0|1', outcome: 'done' },
    { who: WHO, act: 'api retry', subject: 'crm ref:auth0|1', outcome: 'done' },
    { who: WHO, act: 'api export', subject: 'ref:auth0|1', outcome: 'done', counts: { links: 1 } },
    { who: WHO, act: 'api erase', subject: 'ref:auth0|1', outcome: 'done', counts: { systems: 2 } },
  ]);
});

it('names a person by their userRef, as their id may be their address', async () => {
  const { call, acts } = createApiInMemory();
  const person = aToken({ sub: 'samlp|acme|grace@example.com' });
  await call(ERASE, { ...ofUser(), token: person });
  expect(acts).toMatchObject([{ who: 'provisioning-api/user/ref:samlp|acme|grace@example.com' }]);
});

it('notes nothing that changes nothing, and nothing that a person does for themselves', async () => {
  const { call, put, acts } = createApiInMemory();
  await call(ASK_MINE, { ...inSystem(), token: aToken() });
  put({ state: 'linked', accountId: 'account-1' });
  await call(SHOW_USER, { ...ofUser(), token });
  await call(ASK_FOR, { ...inCrm, body: SAID });
  await call(RETRY, { ...inCrm, body: SAID });
  expect(acts).toEqual([]);
});

it.each([ASK_FOR, ERASE, EXPORT])('does not do what cannot be noted: %s', async (route) => {
  const { call, put, published, noting, table } = createApiInMemory();
  put({ state: 'failed', code: 'remote-unavailable', system: 'tickets' });
  noting.isDown = true;
  const { status, body } = await call(route, { ...inCrm, body: SAID });
  expect([status, body.code, published, table.state.writes]).toEqual([503, 'unavailable', [], 0]);
  expect(body).not.toHaveProperty('links');
});

it('notes what failed, with its code', async () => {
  const publish = async () => {
    throw new Error('the topic is unavailable');
  };
  const { call, acts } = createApiInMemory({ publish });
  await call(ERASE, { ...ofUser(), token });
  await call(EXPORT, { ...ofUser('auth0|2'), token });
  expect(acts).toMatchObject([
    { act: 'api erase', outcome: 'failed', code: 'unavailable', counts: { systems: 2 } },
    { act: 'api export', outcome: 'failed', code: 'user-unknown' },
  ]);
});

it('answers what was done although its row stays open, and says so in the log', async () => {
  const { call, published, noting, acts, lines } = createApiInMemory();
  noting.staysOpen = true;
  expect((await call(ERASE, { ...ofUser(), token })).status).toBe(202);
  expect([published.length, acts[0]?.outcome]).toEqual([1, 'started']);
  expect(lines).toContainEqual(
    expect.objectContaining({ level: 'warn', message: 'the audit row still says started' }),
  );
});
