import { buildEvent } from '../../events/build-event';
import type { EventInvitation } from '../../events/event-schema';
import type { EventType } from '../../events/event-types';
import { createManagementApi } from '../../lambdas/auth0/management-api';
import { createAuth0Connector } from '../../lambdas/connectors/auth0/auth0-connector';
import { createMapping } from '../../lambdas/connectors/intent/mapping';
import { callHttp, type HttpClient, HttpError } from '../../lambdas/runtime/http';
import { anAnswer } from '../helpers/an-answer';
import { NOW } from '../helpers/events';
import { aWorker, LEAVE_AFTER, MINUTE, SETTLE } from '../lambdas/connectors/helpers/a-worker';
import { aUserApi } from '../local/auth0/helpers/a-user-api';

const ID = 'google-oauth2|1';
const GOOGLE = { id: 'con_2', name: 'google-oauth2', strategy: 'google-oauth2' };
const ROLES = { editor: 'rol_1', reader: 'rol_2', lost: 'rol_9' };

type Fault = (path: string, method: string) => 'timeout' | 'after' | 429 | 403 | 500 | undefined;

const none: Fault = () => undefined;

async function setUp() {
  const { editor, reader } = ROLES;
  const tenant = await aUserApi({ editor, reader });
  const state = { fault: none, asked: [] as string[] };
  const http: HttpClient = async (request) => {
    const url = new URL(request.url);
    const call = `${request.method} ${url.pathname.replace('/api/v2/users/google-oauth2%7C1', '.')}`;
    state.asked.push(call);
    const fault = state.fault(url.pathname, request.method);
    if (fault === 'timeout') throw new HttpError('timeout');
    const refused = (status: number) => anAnswer(status, '{}', { 'retry-after': '120' });
    // Auth0 does not say whether it refuses this as it refuses to give one.
    const isLost = request.method === 'DELETE' && request.body?.includes(ROLES.lost) === true;
    if (isLost) return refused(404);
    if (typeof fault === 'number') return refused(fault);
    const answer = await callHttp({ ...request, url: request.url.replace(url.origin, tenant.api.url) });
    if (fault === 'after') throw new HttpError('timeout');
    return answer;
  };
  const token = () => tenant.api.token();
  const management = createManagementApi({
    ...{ tenant: 'acme.eu.auth0.com', token, http, timeoutMs: 2_000, now: () => NOW },
    pause: () => Promise.reject(new Error('No limit here is over so soon.')),
  });
  const connector = createAuth0Connector({ management, roles: ROLES });
  const worker = aWorker({ connector, mapping: createMapping([]), byInvitation: true });
  tenant.users.signUp({ connection: GOOGLE, user: { user_id: ID, email: 'ada@example.com' } });
  const created_at = String(tenant.users.find(ID)?.created_at);
  const tell = (type: EventType, afterMs: number, more: Partial<Parameters<typeof buildEvent>[0]> = {}) => {
    const user = { user_id: ID, created_at };
    const parts = { id: `e-${type}-${afterMs}`, source: 'urn:test', type, at: NOW + afterMs, user, ...more };
    return worker.run({ event: buildEvent(parts), acceptedAt: worker.clock.now });
  };
  const accept = (invitation: Partial<EventInvitation> = {}, afterMs = 0) =>
    tell('invitation.accepted', afterMs, {
      invitation: { id: 'A'.repeat(22), roles: ['editor'], data: { funnel: 'F-1' }, ...invitation },
    });
  const metadata = () => tenant.users.find(ID)?.app_metadata as Record<string, unknown> | undefined;
  const roles = () => tenant.roles.of(ID).map(({ name }) => name);
  return { ...tenant, worker, state, tell, accept, metadata, roles };
}

type World = Awaited<ReturnType<typeof setUp>>;

let world: World;
beforeEach(async () => {
  world = await setUp();
});
afterEach(() => world.api.close());

const B = { id: 'B'.repeat(22), roles: ['reader'], data: { funnel: 'F-2', team: 7 } };

test('who accepts an invitation has its roles and its data, and a link that is linked', async () => {
  const { accept, metadata, roles, worker, state } = world;
  expect(await accept()).toEqual({ kind: 'provisioned' });
  expect([metadata()?.invitation, roles()]).toEqual([{ id: 'A'.repeat(22), funnel: 'F-1' }, ['editor']]);
  expect(worker.link(ID)).toMatchObject({ state: 'linked', accountId: ID, ownership: 'created' });
  expect(state.asked).toEqual(['GET .', 'GET ./roles', 'PATCH .', 'POST ./roles']);
  state.asked.length = 0;
  expect(await accept()).toMatchObject({ kind: 'skipped', code: 'unchanged' });
  expect(state.asked).toEqual([]);
});

test.each([
  ['in their order', [1, 2]],
  ['in the other order', [2, 1]],
  ['again and again', [2, 1, 2, 1]],
])('two invitations bring the roles of both and the later word of each, told %s', async (_, order) => {
  const { accept, metadata, roles } = world;
  for (const which of order)
    expect(await (which === 1 ? accept({}, 1_000) : accept(B, 2_000))).toEqual({ kind: 'provisioned' });
  expect(metadata()?.invitation).toEqual({ id: B.id, funnel: 'F-2', team: 7 });
  expect(roles().toSorted()).toEqual(['editor', 'reader']);
});

test('an erasure takes away what invitations brought, and no role that was there before', async () => {
  const { accept, tell, metadata, roles, users, worker } = world;
  users.change(ID, { app_metadata: { plan: 'pro' } });
  await giveByHand(world, 'rol_2');
  await accept();
  await accept(B, 1_000);
  expect(await tell('user.erase-requested', 2_000)).toMatchObject({ kind: 'provisioned' });
  expect([metadata(), roles()]).toEqual([{ plan: 'pro' }, ['reader']]);
  expect(worker.link(ID)).toMatchObject({ state: 'deprovisioning', next: 'verify' });
});

test('an erasure takes the rest away where a role of ours is none of the tenant any more', async () => {
  const { accept, tell, metadata, roles, users } = world;
  await accept();
  const punctual_grant = { at: NOW, roles: ['rol_1', ROLES.lost] };
  users.change(ID, { app_metadata: { ...metadata(), punctual_grant } });
  expect(await tell('user.erase-requested', 2_000)).toMatchObject({ kind: 'provisioned' });
  expect([metadata(), roles()]).toEqual([{}, []]);
});

test('of a user who is gone nothing is left to take away, and nothing is given', async () => {
  const { accept, tell, users, worker, state } = world;
  await accept();
  users.remove(ID);
  expect(await tell('user.deleted', 1_000)).toMatchObject({ kind: 'skipped', code: 'deleting' });
  expect(await worker.remindAt(LEAVE_AFTER + MINUTE, ID)).toEqual({ kind: 'provisioned' });
  expect(worker.link(ID)).toMatchObject({ state: 'deprovisioned' });
  const other = await setUp();
  other.users.remove(ID);
  expect(await other.accept()).toMatchObject({ kind: 'rejected', code: 'remote-rejected' });
  expect(other.worker.link(ID).state).toBe('rejected');
  expect(state.asked.filter((call) => call.startsWith('POST'))).toHaveLength(1);
  await other.api.close();
});

test('a limit that is used up puts it off for as long as Auth0 says, and the roles come then', async () => {
  const { accept, roles, metadata, state, worker } = world;
  state.fault = (path, method) => (method === 'POST' && path.endsWith('/roles') ? 429 : undefined);
  const outcome = await accept();
  expect(outcome).toMatchObject({ kind: 'retry', code: 'remote-throttled' });
  expect(outcome.kind === 'retry' && outcome.afterMs).toBeGreaterThanOrEqual(120_000);
  expect([roles(), metadata()?.invitation]).toEqual([[], { id: 'A'.repeat(22), funnel: 'F-1' }]);
  state.fault = none;
  worker.clock.now += 10 * MINUTE;
  expect(await accept()).toEqual({ kind: 'provisioned' });
  expect(roles()).toEqual(['editor']);
  expect(worker.link(ID)).toMatchObject({ state: 'linked', ownership: 'created' });
});

test.each(['timeout', 'after'] as const)(
  '%s of any call ends in the same grant once it is tried again',
  async (fault) => {
    for (const call of ['GET .', 'GET ./roles', 'PATCH .', 'POST ./roles']) {
      const own = await setUp();
      own.state.fault = () => (own.state.asked.at(-1) === call ? fault : undefined);
      expect(await own.accept()).toMatchObject({ kind: 'retry', code: 'remote-timeout' });
      own.state.fault = none;
      own.worker.clock.now += SETTLE + MINUTE;
      expect(await own.accept()).toEqual({ kind: 'provisioned' });
      expect([own.metadata()?.invitation, own.roles()]).toEqual([
        { id: 'A'.repeat(22), funnel: 'F-1' },
        ['editor'],
      ]);
      expect(own.metadata()?.punctual_grant).toEqual({ at: NOW, roles: ['rol_1'] });
      expect(own.worker.link(ID)).toMatchObject({ state: 'linked', ownership: 'created' });
      await own.api.close();
    }
  },
);

test.each([
  [403, 'remote-unauthorized'],
  [500, 'remote-unavailable'],
] as const)('an answer of %s is tried again as %s', async (fault, code) => {
  world.state.fault = () => fault;
  expect(await world.accept()).toMatchObject({ kind: 'retry', code });
});

test('fails for a role that the configuration does not name, before anything is given', async () => {
  const { accept, metadata, roles } = world;
  const outcome = await accept({ roles: ['editor', 'owner'] });
  expect(outcome).toMatchObject({ kind: 'rejected', code: 'invalid-value' });
  expect([metadata(), roles()]).toEqual([undefined, []]);
});

test('fails for a role that the tenant does not have as a thing that somebody can mend', async () => {
  expect(await world.accept({ roles: ['lost'] })).toMatchObject({
    kind: 'retry',
    code: 'remote-misconfigured',
  });
});

test('an event that tells of no invitation makes nothing', async () => {
  const { tell, metadata, state } = world;
  const outcome = await tell('user.provision-requested', 0);
  expect(outcome).toMatchObject({ kind: 'rejected', code: 'remote-rejected' });
  expect([metadata(), state.asked.filter((call) => !call.startsWith('GET'))]).toEqual([undefined, []]);
});

test('data that are called id do not hide which invitation it was', async () => {
  await world.accept({ data: { id: 'mine' } });
  expect(world.metadata()?.invitation).toEqual({ id: 'A'.repeat(22) });
});

async function giveByHand({ api }: World, role: string): Promise<void> {
  const path = `/users/${encodeURIComponent(ID)}/roles`;
  expect((await api.call('POST', path, { roles: [role] })).status).toBe(204);
}
