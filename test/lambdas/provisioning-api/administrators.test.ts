import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { KEPT_ELSEWHERE } from '../../../events/kept-elsewhere';
import type { LinkList } from '../../../events/provisioning-api/schemas';
import { unsettledKeyOf } from '../../../events/unsettled-links';
import { createLinksOf } from '../../../lambdas/provisioning-api/links-of-user';
import { createUnsettledPages } from '../../../lambdas/provisioning-api/unsettled-page';
import type { UserLink } from '../../../lambdas/user-links/user-link';
import { type Dynalite, startDynalite } from '../../helpers/dynalite';
import { NOW } from '../../helpers/events';
import { aLink } from '../../helpers/links';
import {
  ASK_FOR,
  aProgramsToken,
  BORN,
  createApiInMemory,
  EXPORT,
  LIST,
  ofUser,
  RETRY,
  SHOW_USER,
} from './helpers/api';

const token = aProgramsToken();
const inCrm = { ...ofUser('auth0|1', { system: 'crm' }), token };
const SAID = {
  user: { created_at: BORN, email: 'ada@example.com' },
  connection: { name: 'google', strategy: 'google-oauth2' },
};

describe('an administrator', () => {
  it('sees the accounts of a user', async () => {
    const { call, put } = createApiInMemory();
    put({ state: 'linked', accountId: 'account-1' });
    const { status, body } = await call(SHOW_USER, { ...ofUser(), token });
    expect([status, body.id, body.links]).toEqual([
      200,
      'auth0|1',
      [expect.objectContaining({ accountId: 'account-1' })],
    ]);
  });

  it('has an account made by saying who the user is, and fails without', async () => {
    const { call, published } = createApiInMemory();
    expect((await call(ASK_FOR, inCrm)).body.code).toBe('profile-unknown');
    expect((await call(ASK_FOR, { ...inCrm, body: { ...SAID, country: 'de' } })).status).toBe(202);
    expect(published).toMatchObject([
      {
        type: 'user.provision-requested',
        data: {
          user: { user_id: 'auth0|1', email: 'ada@example.com' },
          connection: SAID.connection,
          country: 'de',
        },
      },
    ]);
  });

  it('fails with too-large for somebody of whom more is said than an event may be', async () => {
    const { call, published } = createApiInMemory();
    const list = Array(50).fill('x'.repeat(1_000));
    const asking = (lists: number) => {
      const more = Object.fromEntries(Array.from({ length: lists }, (_, index) => [`groups_${index}`, list]));
      return call(ASK_FOR, { ...inCrm, body: { ...SAID, user: { ...SAID.user, ...more } } });
    };
    expect(await asking(5)).toMatchObject({ status: 413, body: { code: 'too-large' } });
    expect(published).toEqual([]);
    expect((await asking(4)).status).toBe(202);
  });

  it.each([
    { user: { email: 7 } },
    { user: { nested: {} } },
    { user: { created_at: 'yesterday' } },
    { user: { 'odd name': 'x' } },
    { connection: { name: 'google' } },
    { userId: 'auth0|2' },
  ])('fails with %j', async (body) => {
    const { call, published } = createApiInMemory();
    const answer = await call(ASK_FOR, { ...inCrm, body });
    expect([answer.status, answer.body.code, published]).toEqual([400, 'invalid-request', []]);
  });

  it.each([
    ['that is yet to come', '2026-11-21T09:00:00.000Z', 400, 'invalid-request'],
    ['after the one that goes on', '2026-11-20T09:15:00.000Z', 409, 'life-unknown'],
  ])('begins no life %s, which would end the one that the user has', async (_, created_at, status, code) => {
    const { call, put, published } = createApiInMemory();
    put({ system: 'tickets', state: 'linked', accountId: 'account-2' });
    for (const route of [ASK_FOR, RETRY]) {
      const answer = await call(route, { ...inCrm, body: { user: { ...SAID.user, created_at } } });
      expect([answer.status, answer.body.code, published]).toEqual([status, code, []]);
    }
  });

  it('may say of a life after one that ended', async () => {
    const { call, put, published } = createApiInMemory();
    put({ state: 'deprovisioned', code: 'deleted', ended: 'deleted' });
    const created_at = '2026-11-20T09:15:00.000Z';
    const { status } = await call(ASK_FOR, { ...inCrm, body: { user: { ...SAID.user, created_at } } });
    expect([status, published[0]?.data.user.created_at]).toEqual([202, created_at]);
  });

  it('fails with more than an event may say of a user', async () => {
    const { call, published } = createApiInMemory();
    const many = Object.fromEntries(Array.from({ length: 60 }, (_, number) => [`a${number}`, 'x']));
    const { status, body } = await call(ASK_FOR, { ...inCrm, body: { user: { ...SAID.user, ...many } } });
    expect([status, body.code, published]).toEqual([400, 'invalid-request', []]);
  });

  it('says of one user only what is of that one, whatever the body calls them', async () => {
    const { call, published } = createApiInMemory();
    await call(ASK_FOR, { ...inCrm, body: { user: { ...SAID.user, user_id: 'auth0|2' } } });
    expect(published.map(({ data }) => data.user.user_id)).toEqual(['auth0|1']);
  });

  it.each([
    ['failed', 'remote-unavailable'],
    ['rejected', 'remote-rejected'],
  ] as const)('has a link tried again that %s', async (state, code) => {
    const { call, put, published, later } = createApiInMemory();
    put({ state, code });
    expect((await call(RETRY, inCrm)).body.code).toBe('profile-unknown');
    later.push({ atMs: 200, does: () => put({ state: 'linked', accountId: 'account-1', revision: 5 }) });
    const { status, body } = await call(RETRY, { ...inCrm, body: SAID, headers: { prefer: 'wait=5' } });
    expect([status, body.link?.accountId, published.length]).toEqual([200, 'account-1', 1]);
  });

  it('needs to say nothing of an account that is there already', async () => {
    const { call, put, published } = createApiInMemory();
    put({ state: 'failed', code: 'remote-unavailable', accountId: 'account-1' });
    expect((await call(RETRY, inCrm)).status).toBe(202);
    expect(published[0]?.data.user).toEqual({ user_id: 'auth0|1' });
  });

  it('fails to have tried again what is not given up, and what is not there', async () => {
    const { call, put } = createApiInMemory();
    expect((await call(RETRY, inCrm)).body).toMatchObject({ status: 404, code: 'no-link' });
    put({ state: 'held', code: 'conflict' });
    expect((await call(RETRY, inCrm)).body).toMatchObject({
      status: 409,
      code: 'not-failed',
      link: { code: 'conflict' },
    });
  });

  it('exports all that rows say of a user, of every life, and no secret of a worker', async () => {
    const { call, put } = createApiInMemory();
    put({
      state: 'linked',
      accountId: 'account-1',
      unsettled: 'crm#0',
      lease: { token: 'secret', until: NOW },
    });
    put({ system: 'old', state: 'deprovisioned', code: 'deleted', generation: '2020-01-01T00:00:00.000Z' });
    const { status, body } = await call(EXPORT, { ...ofUser(), token });
    expect([status, body.links.map(({ system }) => system).toSorted()]).toEqual([200, ['crm', 'old']]);
    expect(body).toMatchObject({
      type: 'punctual.rows',
      id: 'auth0|1',
      exportedAt: new Date(NOW).toISOString(),
    });
    expect(JSON.stringify(body)).not.toMatch(/secret"|crm#0/);
    expect(body).toMatchObject({ notIncluded: expect.arrayContaining([...KEPT_ELSEWHERE]) });
    expect((await call(EXPORT, { ...ofUser('auth0|2'), token })).body.code).toBe('user-unknown');
  });
});

describe('the list', () => {
  const TableName = 'links';
  let dynalite: Dynalite;
  let client: DynamoDBDocumentClient;

  beforeAll(async () => {
    dynalite = await startDynalite();
    client = DynamoDBDocumentClient.from(dynalite.client);
    await dynalite.makeTable(
      TableName,
      { userRef: 'S', system: 'S' },
      { unsettled: { unsettled: 'S', updatedAt: 'S' } },
    );
    for (let number = 0; number < 23; number += 1) await put(number, number % 4 === 3 ? 'failed' : 'held');
    await put(99, 'held', 'tickets');
  });
  afterAll(() => dynalite?.stop());

  async function put(number: number, state: 'held' | 'failed', system = 'crm') {
    const userRef = `${String.fromCharCode(97 + (number % 5))}${number}`;
    const row = aLink({
      userRef,
      system,
      state,
      code: 'conflict',
      user_id: `auth0|${number}`,
      accountId: 'secret-account',
    });
    const unsettled = unsettledKeyOf(row) ?? '';
    const updatedAt = new Date(NOW - number * 1_000).toISOString();
    const Item: UserLink = { ...row, unsettled, updatedAt };
    await client.send(new PutCommand({ TableName, Item }));
  }

  const anApi = () =>
    createApiInMemory({
      unsettledPage: createUnsettledPages(client, TableName),
      linksOf: createLinksOf(client, TableName),
    });

  const list = async (query: Record<string, string>) => {
    const { status, body } = await anApi().call(LIST, { query, token });
    return { status, body: body as unknown as LinkList & { code: string } };
  };

  async function listAll(query: Record<string, string>) {
    const found: LinkList['links'][number][] = [];
    let pages = 0;
    for (let cursor: string | undefined = ''; cursor !== undefined; pages += 1) {
      const { body } = await list({ ...query, ...(cursor === '' ? {} : { cursor }) });
      found.push(...body.links);
      cursor = body.next;
    }
    return { found, pages };
  }

  it.each(['1', '3', '7', '100'])(
    'gives every link of a system in a state once, by pages of %s',
    async (limit) => {
      const { found } = await listAll({ system: 'crm', state: 'held', limit });
      const ids = found.map(({ id = '' }) => Buffer.from(id, 'base64url').toString());
      const wanted = Array.from({ length: 23 }, (_, number) => number).filter((number) => number % 4 !== 3);
      expect(ids.toSorted()).toEqual(wanted.map((number) => `auth0|${number}`).toSorted());
    },
  );

  it('never gives more than was asked for, and no account id', async () => {
    const { body } = await list({ system: 'crm', state: 'held', limit: '4' });
    expect(body.links).toHaveLength(4);
    expect(body.links[0]).toMatchObject({
      system: 'crm',
      state: 'held',
      words: expect.any(String),
      userRef: expect.any(String),
    });
    expect(JSON.stringify(body.links)).not.toContain('secret-account');
  });

  it('ends with no cursor where there is nothing', async () => {
    expect((await list({ system: 'tickets', state: 'rejected' })).body).toEqual({ links: [] });
  });

  it('fails with a cursor of another list, a changed one, and one that somebody made up', async () => {
    const { body } = await list({ system: 'crm', state: 'held', limit: '1' });
    const { next = '' } = body;
    const [text = '', mac = ''] = next.split('.');
    const forged = Buffer.from(JSON.stringify({ shard: 0, after: { userRef: 'x' } })).toString('base64url');
    const attempts = [
      { system: 'crm', state: 'failed', cursor: next },
      { system: 'tickets', state: 'held', cursor: next },
      ...[`${forged}.${mac}`, `${text}.`, text, '', '.', `${next}x`, `x${next}`].map((cursor) => ({
        ...{ system: 'crm', state: 'held' },
        cursor,
      })),
    ];
    for (const query of attempts) {
      const { status, body: problem } = await list(query);
      expect([query.cursor, status, problem.code]).toEqual([query.cursor, 400, 'invalid-cursor']);
    }
  });

  it.each([
    [{ system: 'crm', state: 'linked' }, 400, 'not-listed'],
    [{ system: 'crm', state: 'deprovisioned' }, 400, 'not-listed'],
    [{ system: 'crm', state: 'constructor' }, 400, 'not-listed'],
    [{ system: 'nowhere', state: 'held' }, 404, 'no-system'],
    [{ state: 'held' }, 400, 'invalid-request'],
    [{ system: 'crm' }, 400, 'invalid-request'],
    [{ system: 'crm', state: 'held', limit: '0' }, 400, 'invalid-request'],
    [{ system: 'crm', state: 'held', limit: '101' }, 400, 'invalid-request'],
    [{ system: 'crm', state: 'held', limit: '1e1' }, 400, 'invalid-request'],
    [{ system: 'crm', state: 'held', sort: 'x' }, 400, 'invalid-request'],
  ])('fails for %j', async (query, status, code) => {
    const answer = await list(query as Record<string, string>);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });
});
