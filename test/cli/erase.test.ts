import { generateKeyPairSync } from 'node:crypto';
import type { Certificate } from '../../cli/certificate/certificate';
import { CliError } from '../../cli/cli-error';
import { type EraseArgs, eraseUser } from '../../cli/erase/erase';
import { verifyCertificate } from '../../cli/erase/verify';
import { userRefOf } from '../../events/user-ref';
import { claimedToErase, settled } from '../../lambdas/user-links/erasure';
import type { UserLink } from '../../lambdas/user-links/user-link';
import { signDigest } from '../../local/aws/kms/sign-digest';
import { aLink } from '../helpers/links';
import { aScreen } from './helpers/a-screen';
import {
  anAudit,
  CRM_DLQ_URL,
  CRM_URL,
  NOW,
  outputs,
  QUARANTINE_URL,
  surroundings,
  TOPIC_DLQ_URL,
} from './helpers/deps';
import { aParked, queuesInMemory } from './helpers/queues-in-memory';

const USER = 'auth0|1';
const REF = userRefOf('pepper', 'acme.eu.auth0.com', USER);
const GENERATION = '2026-11-01T08:00:00.000Z';
const MINUTE = 60_000;

const args = (given: Partial<EraseArgs> = {}): EraseArgs => ({
  ...{ userId: USER, keepAuth0: true, yes: true },
  ...given,
});

const aRow = (system: string, fields: Partial<UserLink> = {}) =>
  aLink({
    ...{ userRef: REF, system, user_id: USER, state: 'linked', accountId: `acc-${system}` },
    ...{ ownership: 'created', generation: GENERATION, ...fields },
  });

/** A stack with two systems, whose workers do what they are asked for while the command waits. */
function setUp(rows: readonly UserLink[] = [aRow('crm'), aRow('help-desk')]) {
  const table = new Map(rows.map((row) => [row.system, row]));
  const state = { now: NOW, stuck: '', sent: [] as string[], onPause: (): unknown => undefined };
  const screen = aScreen();
  const audit = anAudit();
  const saved = new Map<string, string>();
  const contents = {
    [CRM_DLQ_URL]: [aParked(), aParked({ userId: 'auth0|2' })],
    [QUARANTINE_URL]: [aParked()],
  };
  const queues = queuesInMemory(
    { ...contents, [TOPIC_DLQ_URL]: [] },
    { [CRM_URL]: CRM_DLQ_URL, [outputs().values.QueueUrlHelpDesk ?? '']: 'https://sqs/0/help-desk-dlq' },
  );
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const work = () => {
    state.now += 6 * MINUTE;
    for (const link of table.values()) {
      if (link.next === undefined || link.system === state.stuck || state.sent.length === 0) continue;
      const claim = {
        ...link,
        lease: { token: 't', until: state.now + 1 },
        now: state.now,
        eventId: 'e',
        requestId: 'r',
      };
      const mine = claimedToErase(link, claim as never);
      const accounts = link.accountId === undefined ? [] : [`hash of ${link.accountId}`];
      table.set(
        link.system,
        settled(mine, { state: 'read-back', accounts, removed: link.next === 'erase' }, state.now),
      );
    }
  };
  const around = surroundings();
  const deps = {
    ...around,
    ...screen,
    ...audit,
    outputs: async () =>
      outputs({ EnvironmentName: 'prod', PunctualSecretArn: 'punctual', CertificateKeyArn: 'arn:key' }),
    now: () => state.now,
    pause: async () => {
      state.onPause();
      work();
    },
    linkRows: async () => ({
      get: async (_: string, __: string, system: string) => table.get(system),
      replace: async (_: string, link: UserLink, previous: UserLink | undefined) => {
        if (table.get(link.system) !== previous) throw new CliError('link-changed', 'changed');
        table.set(link.system, link);
      },
    }),
    links: async () => ({
      ofUser: async () => [...table.values()],
      unsettled: () => Promise.reject(),
      scan: () => Promise.reject(),
    }),
    queues: queues.queues,
    secrets: async () => ({
      read: async (arn: string) =>
        arn === 'punctual' ? 'c2VjcmV0LW9mLXB1bmN0dWFsLWFsb25lLTI0Ynl0ZXM=' : 'pepper',
      write: async () => undefined,
    }),
    apiKeys: async () => ({
      ofPlan: async () => [{ id: 'k', enabled: true, createdAt: 0 }],
      value: async () => 'key',
    }),
    fetch: async (_: unknown, init: { body?: unknown } = {}) => {
      state.sent.push(String(init.body));
      return new Response('{"messageId":"m","requestId":"r"}', { status: 202 });
    },
    environment: {},
    signer: async () => ({
      publicKey: async () => keys.publicKey.export({ type: 'spki', format: 'der' }),
      sign: async (_: string, digest: Uint8Array) => signDigest(Buffer.from(digest), keys.privateKey),
    }),
    saveText: async (file: string, text: string) => void saved.set(file, text),
    readText: async (file: string) => saved.get(file) ?? '',
  };
  const run = (given: Partial<EraseArgs> = {}) => eraseUser(args(given), deps as never);
  const certificate = async () => {
    const [file = ''] = saved.keys();
    const { json } = await verifyCertificate({ file }, deps as never);
    return (json as { certificate: Certificate }).certificate;
  };
  return { run, table, state, screen, audit, saved, queues, deps, keys, certificate, stop: around.stop };
}

test('says what it would do, and does nothing', async () => {
  const { run, table, state, screen, audit, saved, queues } = setUp();
  const before = [...table.values()];
  const { json } = await run({ yes: false });
  expect(json).toMatchObject({ dryRun: true, userRef: REF, isErased: false, auth0: 'kept' });
  expect(json).toMatchObject({ messages: expect.arrayContaining([{ queue: 'crm', messages: 1 }]) });
  expect([...table.values()]).toEqual(before);
  expect({ sent: state.sent, saved: saved.size, acts: audit.acts }).toEqual({ sent: [], saved: 0, acts: [] });
  expect(queues.at(CRM_DLQ_URL)).toHaveLength(2);
  expect(screen.text()).toContain('crm        linked: removes the account acc-crm');
  expect(screen.text()).toContain('Nothing was changed.');
});

test('erases everywhere, deletes what is parked of the person, and certifies it', async () => {
  const { run, state, audit, queues, certificate, table } = setUp();
  expect(await run()).toMatchObject({ json: { isErased: true } });
  expect(state.sent).toHaveLength(1);
  expect(JSON.parse(state.sent[0] ?? '')).toMatchObject({
    type: 'user.erase-requested',
    data: { user: { user_id: USER, created_at: new Date(NOW).toISOString() } },
  });
  for (const link of table.values()) expect(link).toMatchObject({ state: 'deprovisioned', ended: 'erased' });
  expect(queues.at(CRM_DLQ_URL).map(({ body }) => JSON.parse(body).data.user.user_id)).toEqual(['auth0|2']);
  expect(queues.at(QUARANTINE_URL)).toEqual([]);
  expect(await certificate()).toMatchObject({
    ...{ userRef: REF, tenant: 'acme.eu.auth0.com', environment: 'prod', stack: 'UserProvisioning-prod' },
    systems: [
      { system: 'crm', accounts: ['hash of acc-crm'], readBacks: [{ requestId: 'r' }, { requestId: 'r' }] },
      { system: 'help-desk', accounts: ['hash of acc-help-desk'] },
    ],
    messages: expect.arrayContaining([
      { queue: 'crm', deleted: 1 },
      { queue: 'quarantine', deleted: 1 },
    ]),
    auth0: { profile: 'kept' },
  });
  const row = { act: 'erase', subject: REF, outcome: 'done', counts: { systems: 2, deleted: 2 } };
  expect(audit.acts).toMatchObject([{ ...row, certificate: expect.stringMatching(/^ey/) }]);
});

test('names nobody in the certificate, the audit or on the rows', async () => {
  const { run, audit, saved, table, certificate } = setUp([
    aRow('crm', { accountId: 'ada@example.com' }),
    aRow('help-desk'),
  ]);
  table.set('crm', aRow('crm', { accountId: USER }));
  await run();
  const { systems, ...rest } = await certificate();
  const told = JSON.stringify([
    rest,
    audit.acts.map(({ certificate: _, ...act }) => act),
    [...table.values()].map(({ erasure: _, ...row }) => row),
    [...saved.keys()],
    systems.map(({ system }) => system),
  ]);
  expect(told).not.toContain(USER);
  expect(told).not.toContain('ada@');
});

test('sets the tombstone of every system before it asks anybody, also where there is no link', async () => {
  const { run, table, state, deps } = setUp([aRow('crm')]);
  const { fetch } = deps;
  deps.fetch = async (...given) => {
    expect([...table.values()].map(({ system, ended }) => `${system} ${ended}`)).toEqual([
      'crm erased',
      'help-desk erased',
    ]);
    return fetch(...given);
  };
  await run();
  expect(state.sent).toHaveLength(1);
});

test('waits for a worker that has the link in hand, and keeps what that one found', async () => {
  const lease = { token: 'alive', until: NOW + MINUTE };
  const { run, table, state, certificate } = setUp([
    aRow('crm', { state: 'pending', accountId: undefined as never, lease }),
  ]);
  state.onPause = () => {
    if (table.get('crm')?.lease?.token === 'alive')
      table.set('crm', aRow('crm', { accountId: 'just-made', revision: 9 }));
  };
  expect(await run()).toMatchObject({ json: { isErased: true } });
  expect((await certificate()).systems[0]?.accounts).toEqual(['hash of just-made']);
});

test('keeps the lease of a worker that died, so that its last call is waited for', async () => {
  const lease = { token: 'dead', until: NOW - 1 };
  const { run, table, stop } = setUp([aRow('crm', { lease })]);
  stop.abort();
  await run();
  expect(table.get('crm')).not.toHaveProperty('erasure');
  const other = setUp([aRow('crm', { lease })]);
  other.deps.fetch = async () => {
    other.stop.abort();
    return new Response('{}', { status: 202 });
  };
  await other.run();
  expect(other.table.get('crm')).toMatchObject({
    ended: 'erased',
    lease: { token: 'erasing', until: NOW - 1 },
  });
});

test('certifies nothing while a system is stuck, and goes on where it was', async () => {
  const { run, table, state, audit, saved, screen, certificate } = setUp();
  state.stuck = 'crm';
  state.onPause = () => {
    const link = table.get('crm');
    if (link?.next !== undefined) table.set('crm', { ...link, state: 'failed', code: 'remote-unavailable' });
  };
  expect(await run()).toMatchObject({ exitCode: 1, json: { isErased: false } });
  expect(screen.text()).toContain('no certificate yet');
  expect(saved.size).toBe(0);
  expect(audit.acts).toMatchObject([{ outcome: 'stopped', counts: { systems: 2, left: 1 } }]);
  const askedAt = table.get('help-desk')?.erasure?.askedAt;
  state.stuck = '';
  state.onPause = () => undefined;
  expect(await run()).toMatchObject({ json: { isErased: true } });
  expect(state.sent.map((body) => JSON.parse(body).data.user.created_at)).toEqual([
    new Date(NOW).toISOString(),
    new Date(NOW).toISOString(),
  ]);
  const { systems } = await certificate();
  expect(systems.find(({ system }) => system === 'help-desk')?.askedAt).toBe(
    new Date(askedAt ?? 0).toISOString(),
  );
});

test('asked again afterwards, asks nobody and certifies again', async () => {
  const { run, state, saved } = setUp();
  await run();
  expect(await run({ out: 'again.jws' })).toMatchObject({ json: { isErased: true } });
  expect(state.sent).toHaveLength(1);
  expect([...saved.keys()]).toEqual([expect.stringMatching(/^erasure-.*\.jws$/), 'again.jws']);
});

test('says of a system that was done by hand that nobody looked, and keeps nothing of it', async () => {
  const { run, table, certificate } = setUp();
  await run({ byHand: ['crm'] });
  expect(table.get('crm')).not.toHaveProperty('accountId');
  expect(table.get('crm')).not.toHaveProperty('user_id');
  const [crm] = (await certificate()).systems;
  expect(crm).toMatchObject({
    system: 'crm',
    byHand: true,
    readBacks: [],
    accounts: [expect.stringMatching(/^[\w-]{43}$/)],
  });
});

test('rejects a person with a link in a system that is gone, until somebody says that it is done', async () => {
  const { run, state, certificate } = setUp([aRow('old-crm'), aRow('crm')]);
  await expect(run()).rejects.toMatchObject({ code: 'system-gone', exitCode: 1 });
  expect(state.sent).toEqual([]);
  await expect(run({ byHand: ['ald-crm'] })).rejects.toMatchObject({ code: 'no-system', exitCode: 2 });
  await run({ byHand: ['old-crm'] });
  expect((await certificate()).systems.map(({ system }) => system)).toEqual(['crm', 'help-desk', 'old-crm']);
});

test('certifies nothing when somebody else has messages of a queue in hand', async () => {
  const { run, queues, saved, screen } = setUp();
  await (await queues.queues()).receive(QUARANTINE_URL, 60);
  expect(await run()).toMatchObject({ exitCode: 1, json: { isErased: false } });
  expect(saved.size).toBe(0);
  expect(screen.text()).toContain('Somebody has messages of quarantine in hand.');
});

test('deletes a message that nobody can read when it holds the id', async () => {
  const { run, queues } = setUp();
  const broken = { ...aParked(), body: `{"data":{"user":{"user_id":"${USER}"` };
  const plain = { ...aParked(), body: JSON.stringify({ user_id: USER, email: 'a', username: 'b' }) };
  const other = { ...aParked(), body: 'not of anybody' };
  queues.at(TOPIC_DLQ_URL).push(broken, plain, other);
  await run();
  expect(queues.at(TOPIC_DLQ_URL).map(({ body }) => body)).toEqual(['not of anybody']);
});

test('keeps the certificate in the audit when the file cannot be written', async () => {
  const { run, deps, screen, audit } = setUp();
  deps.saveText = async () => {
    throw new CliError('file-exists', 'x.jws is there already');
  };
  expect(await run({ out: 'x.jws' })).toMatchObject({
    json: { isErased: true, certificate: expect.any(String) },
  });
  expect(screen.warnings).toEqual([expect.stringContaining('not-saved')]);
  expect(audit.acts).toMatchObject([{ certificate: expect.any(String) }]);
});

test('without credentials of the tenant nothing is begun', async () => {
  const { run, state, audit } = setUp();
  await expect(run({ keepAuth0: false })).rejects.toMatchObject({ code: 'no-client-credentials' });
  expect({ sent: state.sent, acts: audit.acts }).toEqual({ sent: [], acts: [] });
});

describe('erase verify', () => {
  test('says what a certificate says', async () => {
    const { run, certificate, screen } = setUp();
    await run();
    await certificate();
    for (const words of ['valid', REF, 'no account', 'backups of the tables'])
      expect(screen.text()).toContain(words);
  });

  test('rejects what is signed with the key and is no certificate', async () => {
    const { deps, keys, saved } = setUp();
    const { publicKeyOf, signJws } = await import('../../cli/certificate/jws');
    const der = keys.publicKey.export({ type: 'spki', format: 'der' });
    for (const payload of [{}, { type: 'punctual.erasure', version: 2 }, { userRef: REF }]) {
      const jws = await signJws(payload, publicKeyOf(der), async (digest) =>
        signDigest(Buffer.from(digest), keys.privateKey),
      );
      saved.set('other.jws', jws);
      await expect(verifyCertificate({ file: 'other.jws' }, deps as never)).rejects.toMatchObject({
        code: 'bad-certificate',
        exitCode: 1,
      });
    }
  });
});
