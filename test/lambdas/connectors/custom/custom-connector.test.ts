import { unlessUnknown } from '../../../../lambdas/connectors/accounts/unless-unknown';
import { OutcomeUnknownError } from '../../../../lambdas/connectors/connector';
import type { ConnectorDefinition, System } from '../../../../lambdas/connectors/custom';
import {
  AccountRefused,
  defineConnector,
  SenselessAnswer,
  TryLater,
} from '../../../../lambdas/connectors/custom';
import { createCustomConnector } from '../../../../lambdas/connectors/custom/custom-connector';
import { meteredHttp } from '../../../../lambdas/connectors/gate/metered';
import type { HttpRequest } from '../../../../lambdas/runtime/http';
import { anAccountRequest, sameNames } from '../../../helpers/account-request';
import { anAnswer } from '../../../helpers/an-answer';

const OURS = 'acme/dev/auth0|1';
const request = anAccountRequest({ email: 'ada@example.com' }, { rules: sameNames('email') });
const nobody = { accounts: [] };
const shown = { id: 'acc-1', externalId: OURS, active: true, attributes: { email: 'ada@example.com' } };
const anything = undefined as never;

const VERBS = {
  find: async () => nobody,
  read: async () => undefined,
  create: async () => ({ id: 'acc-1' }),
  update: async () => 'changed',
  remove: async () => 'removed',
} satisfies ConnectorDefinition<unknown>;

/** A connector whose verbs give what a test says, over a system that answers 200 and `body`. */
function aConnector(
  verbs: Partial<ConnectorDefinition<{ readonly team: string }>>,
  { verbMs = 5_000, status = 200, body = '{}', now = Date.now } = {},
) {
  const requests: HttpRequest[] = [];
  const defects: [string, unknown][] = [];
  const definition = defineConnector<{ readonly team: string }>({ ...VERBS, ...verbs });
  const connector = createCustomConnector(definition, {
    baseUrl: 'https://desk.example.com/api',
    settings: { team: 'support' },
    token: async () => 'key',
    http: async (one) => {
      requests.push(one);
      return anAnswer(status, body, { 'retry-after': '7' });
    },
    ...{ timeoutMs: 1_000, verbMs, now },
    onDefect: (verb, error) => void defects.push([verb, error]),
  });
  return { connector, requests, defects };
}

/** What something waits for until a test gives it. */
function held() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/** Everything that needs no time has happened. */
const settled = () => new Promise((done) => setImmediate(done));

/** What becomes of a verb whose time passes while it waits. */
async function givenUp(verb: Promise<unknown>): Promise<unknown> {
  verb.catch(() => {});
  await settled();
  jest.runOnlyPendingTimers();
  return verb;
}

const account = (fields: object = {}) => ({
  accountId: 'acc-1',
  carries: 'ours' as const,
  snapshot: { ...shown, ...fields },
});

describe('an account that a connector gives', () => {
  test.each([
    ['ours', { externalId: OURS }],
    ['another', { externalId: 'acme/dev/auth0|2' }],
    ['another', { externalId: 'ACME/dev/auth0|1' }],
    ['none', { externalId: null }],
    ['none', { externalId: '' }],
    ['none', { externalId: undefined }],
  ] as const)('carries %s with %j', async (carries, fields) => {
    const { connector } = aConnector({ read: async () => ({ ...shown, ...fields }) });
    expect(await connector.read('acc-1', request)).toMatchObject({ kind: 'one', account: { carries } });
  });

  test('may have a number as its id', async () => {
    const { connector } = aConnector({
      find: async () => ({ accounts: [{ ...shown, id: 42 }] }),
      read: async () => ({ ...shown, id: 42 }),
      create: async () => ({ id: 42 }),
    });
    expect(await connector.find(request)).toMatchObject({ kind: 'one', account: { accountId: '42' } });
    expect(await connector.read('42', request)).toMatchObject({ kind: 'one' });
    expect(await connector.create(request)).toEqual({ kind: 'created', accountId: '42' });
  });

  test.each([
    undefined,
    null,
    '',
    '.',
    '..',
    1.5,
    {},
    'x'.repeat(257),
    'a\u001b[2J',
    'a\u0000',
    'a\ud800',
    '\udc00a',
  ])('fails with the id %j, since that comes of the system', async (id) => {
    const wrong = { ...shown, id: id as never };
    const { connector, defects } = aConnector({
      find: async () => ({ accounts: [wrong] }),
      read: async () => wrong,
    });
    await expect(connector.find(request)).rejects.toMatchObject({ code: 'remote-invalid-answer' });
    await expect(connector.read('acc-1', request)).rejects.toMatchObject({ code: 'remote-invalid-answer' });
    expect(defects).toEqual([]);
  });

  test('fails with another id than was asked for', async () => {
    const { connector } = aConnector({ read: async () => ({ ...shown, id: 'acc-2' }) });
    await expect(connector.read('acc-1', request)).rejects.toMatchObject({ code: 'remote-invalid-answer' });
  });

  test('fails with an externalId that is no text', async () => {
    const { connector } = aConnector({ read: async () => ({ ...shown, externalId: 7 as never }) });
    await expect(connector.read('acc-1', request)).rejects.toMatchObject({ code: 'remote-invalid-answer' });
  });

  test.each([undefined, null, '', {}, 1.5, true])('was made without a known id, with %j', async (id) => {
    const { connector } = aConnector({ create: async () => ({ id }) });
    expect(await connector.create(request)).toEqual({ kind: 'created-unnamed' });
  });
});

test('an attribute is what the system shows, whatever it is called', async () => {
  const rules = sameNames('constructor', 'toString').map((rule) => ({ ...rule, from: ['email'] }));
  const asked = anAccountRequest({ email: '' }, { rules });
  const { connector } = aConnector({ find: async () => ({ accounts: [{ ...shown, attributes: {} }] }) });
  const found = await connector.find(asked);
  if (found.kind !== 'one') throw new Error(found.kind);
  expect(await connector.change(found.account, asked)).toBe('unchanged');
});

describe('a search', () => {
  const stranger = { ...shown, id: 'acc-2', externalId: 'acme/dev/auth0|2' };

  test.each([
    ['nobody', [], 'none'],
    ['one', [shown], 'one'],
    ['two of ours', [shown, { ...shown, id: 'acc-2' }], 'many'],
    ['who differs by case, who is somebody else', [{ ...shown, externalId: OURS.toUpperCase() }], 'none'],
  ])('that shows %s', async (_, accounts, kind) => {
    const { connector } = aConnector({ find: async () => ({ accounts }) });
    expect(await connector.find(request)).toMatchObject({ kind });
  });

  test.each([
    { accounts: [stranger] },
    { accounts: [shown, stranger] },
    { accounts: [{ ...shown, externalId: null }] },
  ])('fails when it shows somebody who was not asked for: %j', async (given) => {
    const { connector } = aConnector({ find: async () => given });
    await expect(connector.find(request)).rejects.toMatchObject({ code: 'filter-ignored' });
  });

  test('that may show more is never taken for nobody, and one of it not for the only one', async () => {
    const none = aConnector({ find: async () => ({ accounts: [], more: true }) });
    await expect(none.connector.find(request)).rejects.toMatchObject({ code: 'remote-invalid-answer' });
    const one = aConnector({ find: async () => ({ accounts: [shown], more: true }) });
    expect(await one.connector.find(request)).toEqual({ kind: 'many' });
  });

  test('by an attribute compares with case, unless the system does not', async () => {
    const match = async () => ({ accounts: [{ ...shown, externalId: null }] });
    const trait = { attribute: 'email', value: 'ADA@example.com' };
    const exact = aConnector({ match }).connector;
    expect(await exact.match?.(trait, request)).toEqual({ kind: 'none' });
    const folding = aConnector({ match, ignoresCaseOf: ['email'] }).connector;
    expect(await folding.match?.(trait, request)).toMatchObject({
      kind: 'one',
      account: { carries: 'none' },
    });
    // A Kelvin sign is a k to Unicode, and the address of another person.
    const kelvin = { attribute: 'email', value: 'ada@example.com'.replace('a', '\u212a') };
    await expect(folding.match?.(kelvin, request)).rejects.toMatchObject({ code: 'filter-ignored' });
    expect(aConnector({}).connector.match).toBeUndefined();
  });
});

describe('a change', () => {
  test('is asked for what differs alone, and for nothing when nothing does', async () => {
    const update = jest.fn(async () => 'changed' as const);
    const { connector } = aConnector({ update });
    expect(await connector.change(account(), request)).toBe('unchanged');
    expect(await connector.setActive(account(), true)).toBe('unchanged');
    expect(update).not.toHaveBeenCalled();
    const moved = anAccountRequest({ email: 'moved@example.com' }, { rules: sameNames('email') });
    expect(await connector.change(account(), moved)).toBe('changed');
    expect(await connector.change({ ...account(), carries: 'none' }, request)).toBe('changed');
    expect(await connector.setActive(account(), false)).toBe('changed');
    // A system that does not show whether it is on is told.
    expect(await connector.setActive(account({ active: undefined }), true)).toBe('changed');
    const cleared = anAccountRequest({ email: '' }, { rules: sameNames('email') });
    expect(await connector.change(account(), cleared)).toBe('changed');
    expect(update.mock.calls.map(([, id, changes]: unknown[]) => [id, changes])).toEqual([
      ['acc-1', { attributes: { email: 'moved@example.com' } }],
      ['acc-1', { externalId: OURS, attributes: {} }],
      ['acc-1', { active: false, attributes: {} }],
      ['acc-1', { active: true, attributes: {} }],
      ['acc-1', { attributes: { email: null } }],
    ]);
  });

  test('that is a conflict is no switching', async () => {
    const { connector } = aConnector({ update: async () => 'exists' });
    await expect(connector.setActive(account(), false)).rejects.toMatchObject({ code: 'remote-unavailable' });
  });

  test('a system that cannot remove has the account switched off, and somebody told', async () => {
    const update = jest.fn(async () => 'changed' as const);
    const { connector } = aConnector({ update, remove: anything });
    await expect(connector.remove(account())).rejects.toMatchObject({ code: 'removal-unsupported' });
    expect(update).toHaveBeenCalledTimes(1);
    const gone = aConnector({ update: async () => 'gone', remove: anything }).connector;
    expect(await gone.remove(account())).toBe('gone');
  });
});

describe('what a connector throws', () => {
  const failing = (error: unknown) => aConnector({ find: async () => Promise.reject(error) });

  test.each([
    [new AccountRefused('no-seat-left'), { code: 'remote-rejected', detail: 'no-seat-left' }],
    [new AccountRefused('ada@example.com is taken'), { code: 'remote-rejected', detail: undefined }],
    [new AccountRefused(), { code: 'remote-rejected', detail: undefined }],
    [new TryLater(60), { code: 'remote-unavailable', retryAfterMs: 60_000 }],
    [new TryLater(Number.NaN), { code: 'remote-unavailable', retryAfterMs: undefined }],
    [new SenselessAnswer(), { code: 'remote-invalid-answer' }],
  ])('%p is understood', async (error, expected) => {
    const { connector, defects } = failing(error);
    await expect(connector.find(request)).rejects.toMatchObject(expected);
    expect(defects).toEqual([]);
  });

  test.each([new TypeError('ada@example.com'), 'ada@example.com', undefined, { code: 'remote-rejected' }])(
    'fails as a defect with anything else: %p',
    async (error) => {
      const { connector, defects } = failing(error);
      await expect(connector.find(request)).rejects.toBe(error);
      expect(defects).toEqual([['find', error]]);
    },
  );

  test('fails as a defect also when it is thrown at once', async () => {
    const { connector, defects } = aConnector({
      find: () => {
        throw new Error('at once');
      },
    });
    await expect(connector.find(request)).rejects.toThrow('at once');
    expect(defects).toHaveLength(1);
  });
});

test.each([
  ['find', () => aConnector({ find: async () => anything })],
  ['find', () => aConnector({ find: async () => ({ accounts: {} as never }) })],
  ['find', () => aConnector({ find: async () => [shown] as never })],
  ['read', () => aConnector({ read: async () => null as never })],
  ['read', () => aConnector({ read: async () => ({ ...shown, active: 'yes' as never }) })],
  ['read', () => aConnector({ read: async () => ({ ...shown, attributes: anything }) })],
  ['create', () => aConnector({ create: async () => anything })],
  ['update', () => aConnector({ update: async () => anything })],
  ['update', () => aConnector({ update: async () => 'unchanged' as never })],
  ['remove', () => aConnector({ remove: async () => true as never })],
] as const)('fails as a defect when %s gives what no verb gives', async (verb, make) => {
  const { connector, defects } = make();
  const calls = {
    find: () => connector.find(request),
    read: () => connector.read('acc-1', request),
    create: () => connector.create(request),
    update: () => connector.setActive(account(), false),
    remove: () => connector.remove(account()),
  };
  await expect(calls[verb]()).rejects.toMatchObject({ name: 'ConnectorDefect', message: verb });
  expect(defects).toHaveLength(1);
});

describe('time', () => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  test('ends a verb that has no end', async () => {
    const { connector, defects } = aConnector({ create: () => new Promise(() => {}) }, { verbMs: 20 });
    await expect(givenUp(connector.create(request))).rejects.toMatchObject({ code: 'remote-timeout' });
    expect(defects).toEqual([]);
  });

  test('is shared by all calls of a verb, and nothing is sent after it', async () => {
    const clock = { now: 0 };
    const left: number[] = [];
    const { connector, requests } = aConnector(
      {
        create: async ({ call }) => {
          for (const method of ['GET', 'POST', 'POST'] as const) {
            await call({ method, path: ['agents'] });
            clock.now += 700;
          }
          return { id: 'acc-1' };
        },
      },
      { verbMs: 1_400, now: () => clock.now },
    );
    await expect(connector.create(request)).rejects.toMatchObject({ code: 'remote-timeout' });
    left.push(...requests.map(({ timeoutMs }) => timeoutMs));
    expect(left).toEqual([1_000, 700]);
  });

  /** Makes an account by two calls. */
  const makesOne = {
    async create({ call }: System<unknown>) {
      await call({ method: 'GET', path: ['teams', 'support'] });
      await call({ method: 'POST', path: ['agents'] });
      return { id: 'acc-1' };
    },
  };

  test.each(['secret', 'turn'] as const)(
    'that passes while a call waits for its %s leaves nothing that is sent later',
    async (awaited) => {
      const given = held();
      const waits = async (asks: number) => (asks === 2 ? given.promise : undefined);
      const asks = { secret: 0, turn: 0 };
      const sent: string[] = [];
      const connector = createCustomConnector(defineConnector({ ...VERBS, ...makesOne }), {
        ...{ baseUrl: 'https://desk.example.com/api', settings: {}, onDefect: () => {} },
        ...{ timeoutMs: 1_000, verbMs: 20, now: Date.now },
        token: async () => {
          asks.secret += 1;
          if (awaited === 'secret') await waits(asks.secret);
          return 'key';
        },
        http: meteredHttp(
          async ({ method }) => {
            sent.push(method);
            return anAnswer(200, '{}');
          },
          async () => {
            asks.turn += 1;
            if (awaited === 'turn') await waits(asks.turn);
          },
        ),
      });
      await expect(givenUp(connector.create(request))).rejects.toMatchObject({ code: 'remote-timeout' });
      // As after a sleep of the function: what it waited for is there at last.
      given.resolve();
      await settled();
      expect(sent).toEqual(['GET']);
    },
  );

  test('that passes while a refused secret is read again leaves no second call', async () => {
    const given = held();
    const sent: string[] = [];
    const connector = createCustomConnector(defineConnector({ ...VERBS, ...makesOne }), {
      ...{ baseUrl: 'https://desk.example.com/api', settings: {}, onDefect: () => {} },
      ...{ timeoutMs: 1_000, verbMs: 20, now: Date.now },
      token: async (refused) => {
        if (refused !== undefined) await given.promise;
        return refused === undefined ? 'key' : 'other';
      },
      http: async ({ method }) => {
        sent.push(method);
        return anAnswer(method === 'POST' ? 200 : 401, '{}');
      },
    });
    await expect(givenUp(connector.create(request))).rejects.toMatchObject({ code: 'remote-timeout' });
    given.resolve();
    await settled();
    expect(sent).toEqual(['GET']);
  });

  test('of a verb that failed is over for the calls that it left behind', async () => {
    const left: Promise<unknown>[] = [];
    const given = held();
    const { connector, requests } = aConnector({
      async create({ call }) {
        left.push(given.promise.then(() => call({ method: 'POST', path: ['agents'] })));
        throw new TryLater();
      },
    });
    await expect(connector.create(request)).rejects.toMatchObject({ code: 'remote-unavailable' });
    given.resolve();
    await expect(left[0]).rejects.toMatchObject({ code: 'remote-timeout' });
    expect(requests).toEqual([]);
  });
});

describe('a verb of two calls', () => {
  /** What becomes of a create whose second call is throttled. */
  async function secondThrottled(first: 'GET' | 'POST'): Promise<unknown> {
    const connector = createCustomConnector(
      defineConnector({
        ...VERBS,
        async create({ call }) {
          await call({ method: first, path: ['agents'] });
          await call({ method: 'PUT', path: ['agents', '1', 'team'] });
          return { id: '1' };
        },
      }),
      {
        ...{ baseUrl: 'https://desk.example.com/api', settings: {}, onDefect: () => {} },
        ...{ timeoutMs: 1_000, verbMs: 5_000, now: Date.now, token: async () => 'key' },
        http: async ({ method }) => anAnswer(method === 'PUT' ? 429 : 200),
      },
    );
    return unlessUnknown(connector.create(request), 'unknown').catch((error: unknown) => error);
  }

  test('of which the first took effect has one of unknown end, whatever the second certainly did not do', async () => {
    const error = await secondThrottled('POST');
    expect(error).toBeInstanceOf(OutcomeUnknownError);
    expect(error).toMatchObject({ code: 'remote-throttled', creation: 'unknown' });
  });

  test('of which the first only read has changed nothing', async () => {
    const error = await secondThrottled('GET');
    expect(error).toMatchObject({ code: 'remote-throttled' });
    expect(error).not.toBeInstanceOf(OutcomeUnknownError);
  });
});

describe('a call', () => {
  const calling = (asked: object, given: Parameters<typeof aConnector>[1] = {}) =>
    aConnector(
      {
        create: async ({ call, settings }) => {
          const { status } = await call({ method: 'POST', path: ['teams', settings.team], ...asked });
          return { id: `status-${status}` };
        },
      },
      given,
    );

  test('leads below the base with every name encoded, and shows the secret', async () => {
    const path = ['agents', 'a/../b?c#d', 7];
    const { connector, requests } = calling({ path, query: { q: 'a&b=ü', page: 2 }, json: { a: 1 } });
    await connector.create(request);
    expect(requests).toMatchObject([
      {
        url: 'https://desk.example.com/api/agents/a%2F..%2Fb%3Fc%23d/7?q=a%26b%3D%C3%BC&page=2',
        headers: { authorization: 'Bearer key', 'content-type': 'application/json' },
        body: '{"a":1}',
      },
    ]);
  });

  test.each(['', '.', '..'])('fails with the name "%s", which would lead to something else', async (name) => {
    const { connector, requests, defects } = calling({ path: ['agents', name], method: 'DELETE' });
    await expect(connector.create(request)).rejects.toThrow(TypeError);
    expect([requests.length, defects.length]).toEqual([0, 1]);
  });

  test('gives a status that is allowed, and fails with every other by our rules', async () => {
    const allowed = calling({ allow: [409] }, { status: 409 });
    expect(await allowed.connector.create(request)).toEqual({ kind: 'created', accountId: 'status-409' });
    const codes = [301, 401, 403, 404, 409, 422, 429, 500, 503].map(async (status) => {
      const { connector } = calling({}, { status });
      return connector.create(request).catch(({ code, retryAfterMs }) => [status, code, retryAfterMs]);
    });
    expect(await Promise.all(codes)).toEqual([
      [301, 'remote-misconfigured', undefined],
      [401, 'remote-unauthorized', undefined],
      [403, 'remote-unauthorized', undefined],
      [404, 'remote-misconfigured', undefined],
      [409, 'remote-misconfigured', undefined],
      [422, 'remote-rejected', undefined],
      [429, 'remote-throttled', 7_000],
      [500, 'remote-unavailable', 7_000],
      [503, 'remote-unavailable', 7_000],
    ]);
  });

  test('is not made with a secret that the connector cannot read', async () => {
    const { connector, requests } = aConnector({
      authorize: (secret) => JSON.parse(secret),
      find: async ({ call }) => {
        await call({ method: 'GET', path: ['agents'] });
        return nobody;
      },
    });
    await expect(connector.find(request)).rejects.toMatchObject({ code: 'secret-unavailable' });
    expect(requests).toEqual([]);
  });
});
