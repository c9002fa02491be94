import { pathOfUser } from '../../../lambdas/provisioning-api/user-path';
import { NOW } from '../../helpers/events';
import { aProgramsToken, BORN, createApiInMemory, ERASE, ofUser } from './helpers/api';

const token = aProgramsToken();
const UNTIL = new Date(NOW).toISOString();
const asked = { ...ofUser(), token };

function setUp(overrides: Parameters<typeof createApiInMemory>[0] = {}) {
  const api = createApiInMemory(overrides);
  const stateOf = (system: string) => api.table.rows.get(`ref:auth0|1/${system}`);
  return { ...api, stateOf };
}

it('marks every system before it asks one, so that nothing under way makes an account anew', async () => {
  const marked: (string | undefined)[] = [];
  const { call, put, stateOf, published } = setUp({
    publish: async () => void marked.push(...['crm', 'tickets'].map((one) => stateOf(one)?.state)),
  });
  put({ state: 'linked', accountId: 'account-1' });
  expect((await call(ERASE, asked)).status).toBe(202);
  expect(marked).toEqual(['deprovisioning', 'deprovisioning']);
  expect(published).toEqual([]);
  expect(stateOf('crm')).toMatchObject({ next: 'erase', accountId: 'account-1', generation: UNTIL });
  expect(stateOf('tickets')).toMatchObject({ next: 'erase', user_id: 'auth0|1', generation: UNTIL });
});

it('asks every system by one event, for every life until now', async () => {
  const { call, put, published } = setUp();
  put({ state: 'linked', accountId: 'account-1' });
  const { headers, body } = await call(ERASE, asked);
  expect(headers.location).toBe(`/users/${pathOfUser('auth0|1')}`);
  expect(body).toEqual({ userRef: 'ref:auth0|1', until: UNTIL, systems: ['crm', 'tickets'], byHand: [] });
  expect(published).toHaveLength(1);
  expect(published[0]).toMatchObject({
    type: 'user.erase-requested',
    data: { user: { user_id: 'auth0|1', created_at: UNTIL } },
  });
  expect(published[0]?.data.system).toBeUndefined();
});

it('says which systems are told, and where nobody can be', async () => {
  const { call, put, stateOf } = setUp({ consumers: ['billing'] });
  put({ system: 'gone', state: 'linked', accountId: 'account-2' });
  const past = { state: 'deprovisioned', code: 'erased', ended: 'erased', generation: UNTIL } as const;
  put({ system: 'gone-and-erased', ...past });
  const { body } = await call(ERASE, asked);
  expect(body).toMatchObject({ systems: ['billing', 'crm', 'tickets'], byHand: ['gone'] });
  // Nobody would ever end what is marked there.
  expect(stateOf('gone')?.state).toBe('linked');
});

it('leaves to a worker what it has in hand, and marks it as soon as it is through', async () => {
  const { call, put, later, stateOf, published } = setUp();
  put({ state: 'pending', lease: { token: 't', until: NOW + 30_000 } });
  later.push({
    atMs: 2_000,
    does: () => put({ state: 'linked', accountId: 'account-1', revision: 2, generation: BORN }),
  });
  await call(ERASE, asked);
  expect(stateOf('crm')).toMatchObject({ state: 'deprovisioning', accountId: 'account-1' });
  expect(published).toHaveLength(1);
});

it('asks all the same where a worker is not through in time', async () => {
  const { call, put, clock, stateOf, published } = setUp();
  put({ state: 'pending', lease: { token: 't', until: NOW + 60_000 } });
  expect((await call(ERASE, asked)).status).toBe(202);
  expect(clock.now - NOW).toBeLessThan(10_000);
  expect([stateOf('crm')?.state, stateOf('tickets')?.state]).toEqual(['pending', 'deprovisioning']);
  expect(published).toHaveLength(1);
});

it('takes the row that somebody wrote at the same moment', async () => {
  const { call, put, table, stateOf } = setUp();
  put({ state: 'linked', accountId: 'account-1' });
  const { get } = table.links;
  let reads = 0;
  table.links.get = async (userRef, system) => {
    const link = await get(userRef, system);
    if (system === 'crm' && reads++ === 0) put({ state: 'linked', accountId: 'account-2', revision: 7 });
    return link;
  };
  await call(ERASE, asked);
  expect(stateOf('crm')).toMatchObject({ next: 'erase', accountId: 'account-2', revision: 8 });
});

it('goes on with an erasure that is under way, by the same event and without a write', async () => {
  const { call, put, published, clock, table } = setUp();
  put({ state: 'linked', accountId: 'account-1' });
  await call(ERASE, asked);
  const { writes } = table.state;
  clock.now += 5_000;
  const { body } = await call(ERASE, asked);
  expect([body, table.state.writes]).toMatchObject([{ until: UNTIL }, writes]);
  expect(new Set(published.map(({ id }) => id)).size).toBe(1);
});
