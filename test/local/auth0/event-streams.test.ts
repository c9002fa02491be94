import { TENANT_LIMITS } from '../../../local/auth0/management-api/tenant-limits';
import { TRIGGERS } from '../../../local/auth0/management-api/triggers';
import { AManagementApi } from './helpers/a-management-api';

let api: AManagementApi;

beforeEach(async () => {
  api = await new AManagementApi().start();
});
afterEach(() => api.close());

interface Stream {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly updated_at: string;
  readonly errorCode: string;
  readonly message: string;
}

interface Page {
  readonly eventStreams: readonly Stream[];
  readonly next?: string;
}

const WEBHOOK = {
  type: 'webhook',
  configuration: {
    webhook_endpoint: 'https://warehouse.example.com/users',
    webhook_authorization: { method: 'bearer', token: 'hidden-value' },
  },
};

const aStream = (more: object = {}) => ({
  name: 'users',
  subscriptions: [{ event_type: 'user.created' }, { event_type: 'user.deleted' }],
  destination: WEBHOOK,
  ...more,
});

const towards = (id: string) => ({ type: 'action', configuration: { action_id: id } });

const create = async (more: object = {}) =>
  (await api.call<Stream>('POST', '/event-streams', aStream(more))).body.id;

test('a stream is made, shown, changed and deleted', async () => {
  const destination = towards(api.addAction('ours', 'event-stream'));
  const created = await api.call<Stream>('POST', '/event-streams', aStream({ destination }));
  expect(created).toEqual({
    status: 201,
    body: {
      ...aStream({ destination }),
      id: expect.stringMatching(/^est_\w{22}$/),
      status: 'enabled',
      created_at: '2026-11-20T09:00:00.000Z',
      updated_at: '2026-11-20T09:00:00.000Z',
    },
  });
  const path = `/event-streams/${created.body.id}`;
  api.now += 1000;
  const subscriptions = [{ event_type: 'user.updated' }];
  const changed = await api.call('PATCH', path, { status: 'disabled', subscriptions });
  expect(changed).toMatchObject({
    status: 200,
    body: { name: 'users', status: 'disabled', subscriptions, updated_at: '2026-11-20T09:00:01.000Z' },
  });
  expect((await api.call('GET', path)).body).toEqual(changed.body);
  expect(await api.call('DELETE', path)).toEqual({ status: 204, body: undefined });
  expect(await api.call('GET', path)).toMatchObject({ status: 404 });
});

test('what a webhook authenticates with is never shown', async () => {
  const id = await create();
  for (const path of ['/event-streams', `/event-streams/${id}`]) {
    const { status, body } = await api.call('GET', path);
    expect(status).toBe(200);
    expect(JSON.stringify(body)).toContain('warehouse.example.com');
    expect(JSON.stringify(body)).not.toContain('hidden-value');
  }
});

test('streams are listed from checkpoint to checkpoint', async () => {
  for (const name of ['a', 'b', 'c']) await create({ name });
  const names = ({ eventStreams }: Page) => eventStreams.map(({ name }) => name);
  const first = (await api.call<Page>('GET', '/event-streams?take=2')).body;
  expect(names(first)).toEqual(['a', 'b']);
  const last = (await api.call<Page>('GET', `/event-streams?take=2&from=${first.next}`)).body;
  expect([names(last), last.next]).toEqual([['c'], undefined]);
  expect((await api.call('GET', '/event-streams?take=101')).status).toBe(400);
});

test.each([
  ['no destination', { destination: undefined }],
  ['a destination that nobody knows', { destination: { type: 'pigeon', configuration: {} } }],
  ['a type of event that nobody knows', { subscriptions: [{ event_type: 'user.sneezed' }] }],
  ['nothing to tell of', { subscriptions: [] }],
  ['an Action that is not there', { destination: towards('nobody') }],
  ['a status that nobody knows', { status: 'sleepy' }],
  ['a property that nobody knows', { colour: 'red' }],
  [
    'a webhook without TLS',
    {
      destination: {
        ...WEBHOOK,
        configuration: { ...WEBHOOK.configuration, webhook_endpoint: 'http://x.example' },
      },
    },
  ],
])('rejects %s', async (_, more) => {
  const { status, body } = await api.call<Stream>('POST', '/event-streams', aStream(more));
  expect([status, body.errorCode]).toEqual([400, 'invalid_body']);
  expect(api.tenant.streams.list()).toEqual([]);
});

test('rejects an Action of another trigger, and one that is not deployed', async () => {
  const other = api.addAction('other', 'post-login');
  const draft = api.tenant.create({ name: 'draft', supported_triggers: [{ id: 'event-stream' }] });
  for (const id of [other, draft.id]) {
    const { status } = await api.call('POST', '/event-streams', aStream({ destination: towards(id) }));
    expect(status).toBe(400);
  }
});

test('rejects another destination for a stream of an Action, and takes one for a webhook', async () => {
  const ours = await create({ destination: towards(api.addAction('ours', 'event-stream')) });
  const another = towards(api.addAction('another', 'event-stream'));
  expect(await api.call('PATCH', `/event-streams/${ours}`, { destination: another })).toMatchObject({
    status: 400,
    body: { message: 'The destination of a stream of type action cannot be changed.' },
  });
  const hook = await create({ name: 'hook' });
  expect((await api.call('PATCH', `/event-streams/${hook}`, { destination: WEBHOOK })).status).toBe(200);
});

test('rejects one more than the plan has', async () => {
  for (let index = 0; index < TENANT_LIMITS.eventStreams; index++) await create({ name: `s${index}` });
  const { status, body } = await api.call<Stream>('POST', '/event-streams', aStream());
  expect([status, body.errorCode]).toEqual([403, 'too_many_entities']);
});

test('rejects deleting an Action that a stream has as its destination', async () => {
  const id = api.addAction('ours', 'event-stream');
  const stream = await create({ destination: towards(id) });
  expect((await api.call('DELETE', `/actions/actions/${id}`)).status).toBe(409);
  await api.call('DELETE', `/event-streams/${stream}`);
  expect((await api.call('DELETE', `/actions/actions/${id}`)).status).toBe(204);
});

test('rejects binding an Action to the trigger: a stream is what hands it events', async () => {
  const value = api.addAction('ours', 'event-stream');
  const bindings = [{ ref: { type: 'action_id', value } }];
  expect((await api.call('PATCH', '/actions/triggers/event-stream/bindings', { bindings })).status).toBe(400);
});

test.each([
  ['GET', '/event-streams', 'read:event_streams'],
  ['GET', '/event-streams/1', 'read:event_streams'],
  ['POST', '/event-streams', 'create:event_streams'],
  ['PATCH', '/event-streams/1', 'update:event_streams'],
  ['DELETE', '/event-streams/1', 'delete:event_streams'],
])('rejects %s %s without %s, and names it', async (method, path, scope) => {
  api.scopes = api.scopes.filter((known) => known !== scope);
  const body = method === 'GET' || method === 'DELETE' ? undefined : {};
  expect(await api.call(method, path, body)).toMatchObject({
    status: 403,
    body: { errorCode: 'insufficient_scope', message: `Insufficient scope, expected any of: ${scope}` },
  });
});

test('rejects every call in a tenant whose plan has no event streams', async () => {
  await api.close();
  const triggers = TRIGGERS.filter(({ id }) => id !== 'event-stream');
  api = await new AManagementApi({ triggers }).start();
  for (const [method, body] of [
    ['GET', undefined],
    ['POST', aStream()],
  ] as const) {
    expect(await api.call(method, '/event-streams', body)).toMatchObject({
      status: 403,
      body: { errorCode: 'feature_not_enabled' },
    });
  }
});
