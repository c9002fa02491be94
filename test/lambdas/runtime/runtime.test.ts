import type { RequestListener } from 'node:http';
import { ListQueuesCommand } from '@aws-sdk/client-sqs';
import { createSqs } from '../../../lambdas/runtime/aws-clients';
import { createEnvironment } from '../../../lambdas/runtime/environment';
import { callHttp } from '../../../lambdas/runtime/http';
import { createLog, errorName } from '../../../lambdas/runtime/logger';
import { createSecrets, type Reading } from '../../../lambdas/runtime/secrets';
import { NOW } from '../../helpers/events';
import { startLoopbackServer } from '../../helpers/loopback-server';

describe('secrets', () => {
  function setUp() {
    const state = { now: NOW, value: 'one', reads: 0, failing: false };
    const secrets = createSecrets(
      async () => {
        state.reads += 1;
        if (state.failing) throw new Error('denied');
        return state.value;
      },
      () => state.now,
    );
    return { state, secrets };
  }

  const textOf = async (reading: Promise<Reading>) => (await reading).text;

  test('are read once for a whole batch and again after five minutes', async () => {
    const { state, secrets } = setUp();
    await Promise.all([secrets.read('a'), secrets.read('a')]);
    state.value = 'two';
    expect(await textOf(secrets.read('a'))).toBe('one');
    state.now += 5 * 60_000;
    expect(await textOf(secrets.read('a'))).toBe('two');
    expect(state.reads).toBe(2);
  });

  test('are read again on demand once a minute at most', async () => {
    const { state, secrets } = setUp();
    await secrets.read('a');
    state.value = 'two';
    expect(await textOf(secrets.reread('a'))).toBe('one');
    state.now += 60_000;
    expect(await textOf(secrets.reread('a'))).toBe('two');
    await secrets.reread('a');
    expect(state.reads).toBe(2);
  });

  test('that cannot be read again are still known until they are too old', async () => {
    const { state, secrets } = setUp();
    await secrets.read('a');
    state.now += 60_000;
    state.failing = true;
    await expect(secrets.reread('a')).rejects.toThrow('denied');
    expect(await textOf(secrets.read('a'))).toBe('one');
    state.now += 5 * 60_000;
    await expect(secrets.read('a')).rejects.toThrow('denied');
  });

  test('say when their reading began, also after it took a while', async () => {
    const { state, secrets } = setUp();
    const reading = secrets.read('a');
    state.now += 3000;
    expect(await reading).toEqual({ text: 'one', readAt: NOW });
    state.now += 60_000;
    expect((await secrets.reread('a')).readAt).toBe(NOW + 63_000);
  });

  test('whose reading fails are not tried again within a minute, as long as something is known', async () => {
    const { state, secrets } = setUp();
    await secrets.read('a');
    state.now += 60_000;
    state.failing = true;
    await expect(secrets.reread('a')).rejects.toThrow('denied');
    state.now += 59_000;
    expect(await secrets.reread('a')).toEqual({ text: 'one', readAt: NOW });
    expect(state.reads).toBe(2);
    state.now += 1000;
    await expect(secrets.reread('a')).rejects.toThrow('denied');
  });

  test('that cannot be read throw, and are tried again next time', async () => {
    const { state, secrets } = setUp();
    state.failing = true;
    await expect(secrets.read('a')).rejects.toThrow('denied');
    state.failing = false;
    expect(await textOf(secrets.read('a'))).toBe('one');
  });
});

describe('a log line', () => {
  test.each([
    ['eventId', 'evt_ada@example.com'],
    ['eventId', 'evt\n{"level":"error"}'],
    ['detail', 'data.user.<script>'],
    ['code', 'x'.repeat(300)],
  ])('does not repeat a hostile %s', (field, value) => {
    const lines: string[] = [];
    createLog(
      (line) => lines.push(line),
      () => NOW,
    )('info', 'message settled', { [field]: value });
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ [field]: '(unsafe)' });
    expect(lines[0]).not.toContain(value);
  });
});

test.each([
  ['TimeoutError', 'TimeoutError'],
  ['QueueDoesNotExist', 'QueueDoesNotExist'],
  ['Ada Lovelace', 'Error'],
  ['auth0', 'Error'],
  ['X'.repeat(65), 'Error'],
])('an error called %s is the class %s to the log, since anybody can write a name', (name, told) => {
  expect(errorName(Object.assign(new Error('x'), { name }))).toBe(told);
});

describe('the environment', () => {
  const environment = createEnvironment({
    SYSTEM: 'crm',
    LEASE_MS: 'soon',
    PLAIN_INTERFACE_UNSIGNED: 'false',
  });

  test('fails by the name of what is missing or misshapen', () => {
    expect(() => environment.text('tenant')).toThrow('AUTH0_TENANT is not set.');
    expect(() => environment.number('leaseMs')).toThrow('LEASE_MS is not a number.');
    expect(environment.flag('plainInterfaceUnsigned')).toBe(false);
  });
});

describe('a call over HTTP', () => {
  const timeoutMs = 200;

  async function against(listener: RequestListener, check: (url: string) => Promise<void>) {
    const { url, close } = await startLoopbackServer(listener);
    await check(`${url}/`).finally(close);
  }

  const get = (url: string) => callHttp({ method: 'GET', url, headers: {}, timeoutMs });

  test('fails as timeout when the body never ends', () =>
    against(
      (_request, response) => void response.write('{'),
      (url) => expect(get(url)).rejects.toMatchObject({ reason: 'timeout' }),
    ));

  test('fails as timeout when whoever asked is gone, at once or before it is made', () => {
    const asker = new AbortController();
    const asked: unknown[] = [];
    const end = { at: NOW, signal: asker.signal };
    return against(
      ({ url }) => {
        asked.push(url);
        asker.abort();
      },
      async (url) => {
        const call = () => callHttp({ method: 'POST', url, headers: {}, timeoutMs: 60_000, end });
        await expect(call()).rejects.toMatchObject({ reason: 'timeout' });
        await expect(call()).rejects.toMatchObject({ reason: 'timeout' });
        expect(asked).toHaveLength(1);
      },
    );
  });

  test('fails as unreachable when the connection breaks', () =>
    against(
      (request) => void request.socket.destroy(),
      (url) => expect(get(url)).rejects.toMatchObject({ reason: 'unreachable' }),
    ));

  test('fails as too large instead of filling the memory', () =>
    against(
      (_request, response) => void response.end('x'.repeat(1024 * 1024 + 1)),
      (url) => expect(get(url)).rejects.toMatchObject({ reason: 'too-large' }),
    ));

  test('does not follow a redirect with our credentials', () =>
    against(
      (_request, response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
      async (url) => expect((await get(url)).status).toBe(302),
    ));
});

test('a call of AWS that nobody answers ends, so that it cannot eat the time of a whole batch', async () => {
  const { url, close } = await startLoopbackServer(() => {});
  const variables = {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'a',
    AWS_SECRET_ACCESS_KEY: 'b',
  };
  const before = { ...process.env };
  Object.assign(process.env, variables);
  try {
    await expect(createSqs().send(new ListQueuesCommand({}))).rejects.toMatchObject({ name: 'TimeoutError' });
  } finally {
    process.env = before;
    await close();
  }
}, 15_000);
