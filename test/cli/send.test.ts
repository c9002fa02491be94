import { type SendArgs, sendEvents } from '../../cli/send/send-events';
import { sign, verifySignature } from '../../events/signature';
import { aScreen } from './helpers/a-screen';
import { anAudit, NOW, outputs, surroundings } from './helpers/deps';

const SECRET = 'cHVuY3R1YWwtZXhhbXBsZS1zZWNyZXQtMDEyMzQ1Njc4';

/** Of the issuer `punctual`. */
const OWN_SECRET = 'b3duLW93bi1vd24tb3duLW93bi1vd24tb3duLW93bi1vd24t';

interface Call {
  readonly url: string;
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

function setUp(answers: Response[] = [], fields: { secret?: string; file?: string } = {}) {
  const calls: Call[] = [];
  const [screen, audit] = [aScreen(), anAudit()];
  const around = surroundings();
  const deps = {
    ...around,
    outputs: async () => outputs({ PunctualSecretArn: 'own' }),
    ...screen,
    ...audit,
    secrets: async () => ({
      read: async (arn: string) => (arn === 'own' ? OWN_SECRET : (fields.secret ?? SECRET)),
      write: async () => undefined,
    }),
    apiKeys: async () => ({
      ofPlan: async () => [
        { id: 'newest', enabled: false, createdAt: 3 },
        { id: 'new', enabled: true, createdAt: 2 },
        { id: 'old', enabled: true, createdAt: 1 },
      ],
      value: async (id: string) => `value of ${id}`,
      create: async () => ({ id: 'x', enabled: true, createdAt: 0 }),
      disable: async () => undefined,
    }),
    readText: async () => fields.file ?? '',
    fetch: (async (url: string, init: RequestInit) => {
      calls.push({
        url,
        method: init.method ?? '',
        headers: init.headers as Record<string, string>,
        body: String(init.body ?? ''),
      });
      return answers.shift() ?? accepted();
    }) as typeof fetch,
  };
  return { deps, calls, screen, audit, around };
}

const accepted = () => Response.json({ messageId: 'm1', requestId: 'r1' }, { status: 202 });
const flags = (given: Partial<SendArgs> = {}): SendArgs => ({
  plain: false,
  count: 1,
  rate: 1_000,
  userId: 'auth0|1',
  ...given,
});

test('an event is posted, signed with the newest key, and how to follow it is said', async () => {
  const { deps, calls, screen } = setUp();
  const { exitCode, json } = await sendEvents(
    flags({ email: 'ada@example.com', emailVerified: false }),
    deps,
  );
  const [call] = calls;
  expect(call).toMatchObject({ url: 'https://api.example.com/v1/events', method: 'POST' });
  expect(call?.headers['x-api-key']).toBe('value of new');
  const {
    'webhook-id': id = '',
    'webhook-timestamp': timestamp,
    'webhook-signature': signature = '',
  } = call?.headers ?? {};
  const content = { id, timestampSeconds: Number(timestamp), body: call?.body ?? '' };
  expect(await verifySignature(`whsec_${SECRET}`, content, signature)).toBe(true);
  expect(JSON.parse(call?.body ?? '')).toMatchObject({
    id,
    type: 'user.registered',
    time: new Date(NOW).toISOString(),
    data: { user: { user_id: 'auth0|1', email: 'ada@example.com', email_verified: false } },
  });
  expect(exitCode).toBe(0);
  expect(json).toEqual({ accepted: 1, events: [{ eventId: id, messageId: 'm1', requestId: 'r1' }] });
  expect(screen.text()).toContain("npx punctual status 'auth0|1' --watch");
  expect(screen.text()).toContain('r1');
});

test('of a ring the key that was made last signs, and none that is ended', async () => {
  const [old, ended, newest] = ['A', 'B', 'C'].map((letter) => letter.repeat(44));
  const keys = [
    { secret: old },
    { secret: ended, createdAt: 9, notAfter: NOW - 1 },
    { secret: newest, createdAt: 5 },
  ];
  const { deps, calls } = setUp([], { secret: JSON.stringify({ keys }) });
  await sendEvents(flags(), deps);
  const { headers = {}, body = '' } = calls[0] ?? {};
  const content = { id: headers['webhook-id'] ?? '', timestampSeconds: NOW / 1000, body };
  expect(await verifySignature(newest ?? '', content, headers['webhook-signature'] ?? '')).toBe(true);
});

test('the plain interface gets the user in its address, and the signature over them', async () => {
  const { deps, calls } = setUp();
  await sendEvents(flags({ plain: true, username: 'ada & co' }), deps);
  const [call] = calls;
  const url = new URL(call?.url ?? '');
  const message = url.searchParams.get('message') ?? '';
  expect(url.pathname).toBe('/v1/store');
  expect(url.search).not.toContain('+');
  expect(JSON.parse(message)).toEqual({ user_id: 'auth0|1', username: 'ada & co' });
  const content = { id: call?.headers['webhook-id'] ?? '', timestampSeconds: NOW / 1000, body: message };
  expect(await verifySignature(SECRET, content, call?.headers['webhook-signature'] ?? '')).toBe(true);
});

test('each of many events is about another user, with an id of its own', async () => {
  const { deps, calls, screen, audit } = setUp();
  await sendEvents(flags({ count: 25, email: 'ada@example.com', username: 'ada' }), deps);
  const sent = calls.map(({ body }) => JSON.parse(body));
  expect(new Set(sent.map(({ id }) => id)).size).toBe(25);
  expect(new Set(sent.map(({ data }) => data.user.user_id)).size).toBe(25);
  expect(sent.map(({ data }) => data.user.email)).toContain('ada+7@example.com');
  expect(screen.lines).toEqual(['25 of 25 accepted.']);
  expect(audit.acts).toEqual([
    { act: 'send', subject: 'user.registered', outcome: 'done', counts: { sent: 25 } },
  ]);
});

test('what is worth a retry is tried again after what the API asked for, newly signed', async () => {
  const busy = Response.json({ code: 'throttled' }, { status: 429, headers: { 'retry-after': '7' } });
  const { deps, calls, around } = setUp([busy, Response.json({}, { status: 503 })]);
  await sendEvents(flags(), deps);
  expect(calls).toHaveLength(3);
  expect(around.pauses).toEqual([7_000, 1_000]);
});

test('fails with the code of the API when the event is refused, and notes it', async () => {
  const { deps, audit, calls } = setUp([
    Response.json({ code: 'invalid-body', requestId: 'r9' }, { status: 400 }),
  ]);
  await expect(sendEvents(flags(), deps)).rejects.toMatchObject({ code: 'invalid-body', exitCode: 3 });
  expect(calls).toHaveLength(1);
  expect(audit.acts).toEqual([
    { act: 'send', subject: 'user.registered', outcome: 'failed', code: 'invalid-body' },
  ]);
});

test('fails half way with how many were accepted, in its words and in the audit', async () => {
  const refusal = Response.json({ code: 'invalid-body' }, { status: 400 });
  const { deps, audit } = setUp([accepted(), accepted(), refusal]);
  const oneByOne = { ...deps, pause: () => new Promise<void>((resolve) => setImmediate(resolve)) };
  await expect(sendEvents(flags({ count: 5, rate: 1 }), oneByOne)).rejects.toMatchObject({
    code: 'invalid-body',
    message: expect.stringMatching(/; [2-4] of 5 were accepted before$/),
  });
  expect(audit.acts).toMatchObject([
    { outcome: 'failed', code: 'invalid-body', counts: { sent: expect.any(Number) } },
  ]);
});

test('fails when the API goes on refusing', async () => {
  const { deps, calls } = setUp(Array.from({ length: 9 }, () => Response.json({}, { status: 503 })));
  await expect(sendEvents(flags(), deps)).rejects.toMatchObject({ code: 'http-503' });
  expect(calls).toHaveLength(5);
});

test('a code or a request id that is no such thing reaches neither code nor screen', async () => {
  const hostile = Response.json({ code: '\u001b[2J', requestId: '\u001b[2J' }, { status: 403 });
  const error = await sendEvents(flags(), setUp([hostile]).deps).catch((failure) => failure);
  expect(error.code).toBe('http-403');
  expect(error.message).not.toContain('\u001b');
});

test.each([
  ['user.logged-in', SECRET],
  ['user.provision-requested', OWN_SECRET],
])('%s is signed by the issuer that may send it', async (type, secret) => {
  const { deps, calls } = setUp();
  await sendEvents(flags({ type, system: 'crm' }), deps);
  const { headers = {}, body = '' } = calls[0] ?? {};
  const signed = {
    id: headers['webhook-id'] ?? '',
    timestampSeconds: Number(headers['webhook-timestamp']),
    body,
  };
  expect(JSON.parse(body)).toMatchObject({ type, data: { system: 'crm' } });
  expect((await sign(secret, signed))['webhook-signature']).toBe(headers['webhook-signature']);
});

describe('before anything is sent', () => {
  const refused = async (given: Partial<SendArgs>, file?: string) => {
    const { deps, calls, audit } = setUp([], file === undefined ? {} : { file });
    const error = await sendEvents(flags(given), deps).catch((failure) => failure);
    expect(calls).toEqual([]);
    expect(audit.acts).toEqual([]);
    return { code: error.code, exitCode: error.exitCode, message: String(error.message) };
  };

  test('rejects a type that is not for hands, with the reason', async () => {
    expect(await refused({ type: 'user.deleted' })).toMatchObject({
      code: 'not-allowed',
      exitCode: 2,
      message: expect.stringContaining('user.registered, user.logged-in, user.provision-requested'),
    });
  });

  test.each([
    ['a type that nobody knows', { type: 'user.foo' }, 'unknown-type'],
    ['a time that is none', { createdAt: 'yesterday' }, 'invalid-time'],
    ['an attribute without a value', { attribute: ['country'] }, 'usage'],
    ['a connection without its strategy', { connection: 'db' }, 'usage'],
    ['a count of none', { count: 0 }, 'usage'],
    ['no user', { userId: undefined }, 'usage'],
    ['a login by the plain interface', { plain: true, type: 'user.logged-in' }, 'usage'],
  ])('rejects %s', async (_, given, code) => {
    expect(await refused(given)).toMatchObject({ code, exitCode: 2 });
  });

  test('rejects a file that holds no event, with the path of the fault', async () => {
    const file = JSON.stringify({
      specversion: '1.0',
      id: '1',
      source: 's',
      type: 'user.registered',
      time: '2026-11-20T10:00:00Z',
      data: { user: { user_id: 7 } },
    });
    expect(await refused({ userId: undefined, file: 'x.json' }, file)).toMatchObject({
      code: 'invalid-user-id',
      message: expect.stringContaining('data.user.user_id'),
    });
  });

  test('rejects flags beside a file, which they could not change', async () => {
    expect(await refused({ file: 'x.json' }, '{}')).toMatchObject({
      code: 'usage',
      message: expect.stringContaining('--user-id'),
    });
  });

  test('rejects a secret that is none, without quoting it', async () => {
    const { deps } = setUp([], { secret: '{"keys":[{"secret":"short"}]}' });
    const error = await sendEvents(flags(), deps).catch((failure) => failure);
    expect(error).toMatchObject({ code: 'bad-signing-secret' });
    expect(error.message).not.toContain('short');
  });
});

test('Ctrl-C ends many events in order, and says how many went', async () => {
  const { deps, calls, around, audit } = setUp();
  const counting = {
    ...deps,
    fetch: ((url: string, init: RequestInit) => {
      if (calls.length === 4) around.stop.abort();
      return deps.fetch(url, init);
    }) as typeof fetch,
  };
  const { exitCode } = await sendEvents(flags({ count: 1_000 }), counting);
  expect(exitCode).toBe(1);
  expect(calls.length).toBeLessThan(1_000);
  expect(audit.acts[0]).toMatchObject({ outcome: 'stopped', counts: { sent: calls.length } });
});
