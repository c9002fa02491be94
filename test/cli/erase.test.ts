import { CliError } from '../../cli/cli-error';
import { verifyCertificate } from '../../cli/erase/verify';
import { signDigest } from '../../local/aws/kms/sign-digest';
import { aRow, MINUTE, REF, setUpErasure, USER } from './helpers/an-erasure';
import { CRM_DLQ_URL, NOW, QUARANTINE_URL, TOPIC_DLQ_URL } from './helpers/deps';
import { aParked } from './helpers/queues-in-memory';

test('says what it would do, and does nothing', async () => {
  const { run, table, state, screen, audit, saved, queues } = setUpErasure();
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
  const { run, state, audit, queues, certificate, table } = setUpErasure();
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
  const { run, audit, saved, table, certificate } = setUpErasure([
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
  const { run, table, state, deps } = setUpErasure([aRow('crm')]);
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
  const { run, table, state, certificate } = setUpErasure([
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
  const { run, table, stop } = setUpErasure([aRow('crm', { lease })]);
  stop.abort();
  await run();
  expect(table.get('crm')).not.toHaveProperty('erasure');
  const other = setUpErasure([aRow('crm', { lease })]);
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
  const { run, table, state, audit, saved, screen, certificate } = setUpErasure();
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

test('says of a system that was done by hand that nobody looked, and keeps nothing of it', async () => {
  const { run, table, certificate } = setUpErasure();
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
  const { run, state, certificate } = setUpErasure([aRow('old-crm'), aRow('crm')]);
  await expect(run()).rejects.toMatchObject({ code: 'system-gone', exitCode: 1 });
  expect(state.sent).toEqual([]);
  await expect(run({ byHand: ['ald-crm'] })).rejects.toMatchObject({ code: 'no-system', exitCode: 2 });
  await run({ byHand: ['old-crm'] });
  expect((await certificate()).systems.map(({ system }) => system)).toEqual(['crm', 'help-desk', 'old-crm']);
});

test('certifies nothing when somebody else has messages of a queue in hand', async () => {
  const { run, queues, saved, screen } = setUpErasure();
  await (await queues.queues()).receive(QUARANTINE_URL, 60);
  expect(await run()).toMatchObject({ exitCode: 1, json: { isErased: false } });
  expect(saved.size).toBe(0);
  expect(screen.text()).toContain('Somebody has messages of quarantine in hand.');
});

test('deletes a message that nobody can read when it holds the id', async () => {
  const { run, queues } = setUpErasure();
  const broken = { ...aParked(), body: `{"data":{"user":{"user_id":"${USER}"` };
  const plain = { ...aParked(), body: JSON.stringify({ user_id: USER, email: 'a', username: 'b' }) };
  const other = { ...aParked(), body: 'not of anybody' };
  queues.at(TOPIC_DLQ_URL).push(broken, plain, other);
  await run();
  expect(queues.at(TOPIC_DLQ_URL).map(({ body }) => body)).toEqual(['not of anybody']);
});

test('keeps the certificate in the audit when the file cannot be written', async () => {
  const { run, deps, screen, audit } = setUpErasure();
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
  const { run, state, audit } = setUpErasure();
  await expect(run({ keepAuth0: false })).rejects.toMatchObject({ code: 'no-client-credentials' });
  expect({ sent: state.sent, acts: audit.acts }).toEqual({ sent: [], acts: [] });
});

describe('erase verify', () => {
  test('says what a certificate says', async () => {
    const { run, certificate, screen } = setUpErasure();
    await run();
    await certificate();
    for (const words of ['valid', REF, 'no account', 'backups of the tables'])
      expect(screen.text()).toContain(words);
  });

  test('rejects what is signed with the key and is no certificate', async () => {
    const { deps, keys, saved } = setUpErasure();
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
