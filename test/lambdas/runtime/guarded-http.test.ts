import type { LookupAddress } from 'node:dns';
import { type RequestListener, request } from 'node:http';
import type { RequestOptions } from 'node:https';
import { createGuardedHttp, type GuardedHttpDeps } from '../../../lambdas/runtime/guarded-http';
import { isPublicAddress } from '../../../lambdas/runtime/public-address';
import { bodyOf, type LoopbackServer, startLoopbackServer } from '../../helpers/loopback-server';

const THIS_MACHINE: LookupAddress = { address: '127.0.0.1', family: 4 };
const A_NETWORK: LookupAddress = { address: '10.0.0.7', family: 4 };

let server: LoopbackServer;
let calls: { method?: string; host?: string; body: string }[];

async function serve(answer: RequestListener): Promise<void> {
  calls = [];
  server = await startLoopbackServer(async (asked, response) => {
    const { method = '', headers } = asked;
    calls.push({ method, host: headers.host ?? '', body: await bodyOf(asked) });
    answer(asked, response);
  });
}

afterEach(() => server?.close());

/** The real connection, without TLS: the port is the one of our server, and its address counts as public here. */
function guarded(addresses: readonly (readonly LookupAddress[])[]) {
  const asked: string[] = [];
  const deps: GuardedHttpDeps = {
    resolve: async (hostname) => addresses[Math.min(asked.push(hostname), addresses.length) - 1] ?? [],
    isPublic: (address) => address === THIS_MACHINE.address || isPublicAddress(address),
    request: ((url: URL, options: RequestOptions, then) => {
      const { port } = new URL(server.url);
      return request({ ...options, hostname: url.hostname, path: url.pathname, port }, then);
    }) as GuardedHttpDeps['request'],
  };
  const http = createGuardedHttp(deps);
  const post = (url = 'https://hooks.example.com/accounts', timeoutMs = 5_000) =>
    http({ method: 'POST', url, headers: { 'x-a': 'b' }, body: '{"é":1}', timeoutMs });
  return { asked, post };
}

test('calls the host, says who it is, and gives status, headers and body', async () => {
  await serve((_, response) => response.writeHead(429, { 'retry-after': '7' }).end('slow down'));
  const { post } = guarded([[THIS_MACHINE]]);
  const { status, headers, body } = await post();
  expect([status, headers.get('retry-after'), body]).toEqual([429, '7', 'slow down']);
  expect(calls).toMatchObject([
    { method: 'POST', host: expect.stringMatching(/^hooks\.example\.com/), body: '{"é":1}' },
  ]);
});

test('connects to the address that was checked, whatever the name answers a moment later', async () => {
  await serve((_, response) => response.end());
  const { post, asked } = guarded([[THIS_MACHINE], [A_NETWORK]]);
  expect((await post()).status).toBe(200);
  expect(asked).toHaveLength(1);
  // The next call asks again, and believes no earlier check.
  await expect(post()).rejects.toMatchObject({ reason: 'refused' });
  expect(calls).toHaveLength(1);
});

test.each([
  ['an address inside', [A_NETWORK]],
  ['one address inside beside one outside', [THIS_MACHINE, A_NETWORK]],
  ['the metadata of the instance', [{ address: '169.254.169.254', family: 4 }]],
  ['a mapped address', [{ address: '::ffff:169.254.169.254', family: 6 }]],
])('rejects a name that leads to %s, and sends nothing', async (_, addresses) => {
  await serve((_asked, response) => response.end());
  await expect(guarded([addresses]).post()).rejects.toMatchObject({ reason: 'refused' });
  expect(calls).toEqual([]);
});

test.each([
  ...['https://10.0.0.7/', 'https://169.254.169.254/latest', 'https://[::1]/', 'https://[::ffff:10.0.0.7]/'],
  // Node reads all of these as 127.0.0.1 or 10.0.0.7.
  ...['https://0x0a000007/', 'https://167772167/', 'https://10.7/', 'https://[::ffff:a00:7]/'],
  ...['http://hooks.example.com/', 'ftp://hooks.example.com/'],
])('rejects %s without asking for a name', async (url) => {
  await serve((_, response) => response.end());
  const { post, asked } = guarded([[THIS_MACHINE]]);
  await expect(post(url)).rejects.toMatchObject({ reason: 'refused' });
  expect([asked, calls]).toEqual([[], []]);
});

test('does not follow a redirect', async () => {
  await serve((_, response) => response.writeHead(307, { location: 'https://10.0.0.7/' }).end());
  expect((await guarded([[THIS_MACHINE]]).post()).status).toBe(307);
  expect(calls).toHaveLength(1);
});

test('reads no more of an answer than it has to', async () => {
  await serve((_, response) => response.end(Buffer.alloc(2 * 1024 * 1024)));
  await expect(guarded([[THIS_MACHINE]]).post()).rejects.toMatchObject({ reason: 'too-large' });
});

test.each<[string, RequestListener]>([
  ['before the answer', () => undefined],
  ['in the middle of it', (_, response) => response.write('a')],
])('waits for no server that stops %s', async (_, answer) => {
  await serve(answer);
  await expect(guarded([[THIS_MACHINE]]).post(undefined, 100)).rejects.toMatchObject({ reason: 'timeout' });
});

test('a name that nobody knows, and a connection that breaks, are no answer', async () => {
  await serve((_, response) => response.destroy());
  await expect(guarded([[THIS_MACHINE]]).post()).rejects.toMatchObject({ reason: 'unreachable' });
  await expect(guarded([[]]).post()).rejects.toMatchObject({ reason: 'unreachable' });
});
