import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ISSUER_TYPES } from '../../events/issuers';
import { sign } from '../../events/signature';
import { defineConfiguration } from '../../lib/configuration';
import { anEvent, NOW } from '../helpers/events';
import { ROOT, readPage } from './helpers/markdown';
import { run } from './helpers/run-program';
import { snippetsOf } from './helpers/snippets';

const page = readPage('docs/own-queue.md');
const [configuration, verifier] = snippetsOf(page);

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'punctual-docs-'));
  symlinkSync(join(ROOT, 'node_modules'), join(directory, 'node_modules'), 'dir');
  writeFileSync(join(directory, 'verify-event.ts'), verifier?.code ?? '');
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const KEYS = {
  actions: Buffer.from('the-key-of-the-actions-0123456789').toString('base64'),
  'event-stream': Buffer.from('the-key-of-the-stream-01234567890').toString('base64'),
  punctual: Buffer.from('the-key-of-punctual-0123456789012').toString('base64'),
};
const NEWER = Buffer.from('the-newer-key-of-the-actions-0123').toString('base64');

interface Given {
  readonly key?: string;
  readonly type?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly at?: number;
  readonly change?: (body: string) => string;
}

async function aMessage({ key = KEYS.actions, type = 'user.registered', at = NOW, ...given }: Given = {}) {
  const body = JSON.stringify(anEvent({ type: type as 'user.registered' }));
  const headers = await sign(key, { id: 'evt_1', timestampSeconds: at / 1000, body });
  const texts = {
    type,
    webhook: Object.values(headers).join(' '),
    accepted: `${NOW} request events`,
    ...given.attributes,
  };
  const MessageAttributes = Object.fromEntries(
    Object.entries(texts).map(([name, StringValue]) => [name, { StringValue }]),
  );
  return { Body: given.change?.(body) ?? body, MessageAttributes };
}

/** The types of what the page's code gives for messages; null where it gives nothing. */
async function verified(messages: readonly object[], secrets: object = KEYS): Promise<unknown> {
  const script = `
    import { verifyEvent } from './verify-event';
    const given = ${JSON.stringify({ messages, secrets })};
    console.log(JSON.stringify(given.messages.map((message) => verifyEvent(message, given.secrets)?.type ?? null)));`;
  writeFileSync(join(directory, 'try.mts'), script);
  return JSON.parse(await run(['--import', 'tsx', 'try.mts'], directory));
}

test('the configuration of the page is one', () => {
  expect(configuration?.code).toContain("kind: 'sqs'");
  const [, systems = ''] = /systems: (\{[\s\S]*\n {2}\}),\n\}\);/.exec(configuration?.code ?? '') ?? [];
  const environments = { dev: { tenant: 'acme.eu.auth0.com', alarms: { email: 'on-call@example.com' } } };
  // The page is ours.
  const read = new Function(`return ${systems}`)();
  expect(defineConfiguration({ environments, systems: read }).systems.search).toMatchObject({ kind: 'sqs' });
});

test('the code of the page compiles as strictly as ours', async () => {
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  const strict = ['--noEmit', '--strict', '--noUncheckedIndexedAccess', '--exactOptionalPropertyTypes'];
  const where = ['--target', 'es2022', '--module', 'nodenext', '--types', 'node', '--ignoreConfig'];
  expect(await run([compiler, ...strict, ...where, 'verify-event.ts'], directory)).toBe('');
}, 30_000);

test('it believes what is signed, by either key of a rotation, and each issuer in its types alone', async () => {
  const ring = JSON.stringify({
    keys: [
      { secret: `whsec_${KEYS.actions}`, notAfter: NOW + 1 },
      { secret: NEWER, notBefore: NOW - 1 },
    ],
  });
  const asked = 'user.erase-requested';
  const messages = [
    await aMessage(),
    await aMessage({ key: NEWER }),
    await aMessage({ key: KEYS['event-stream'], type: 'user.deleted' }),
    await aMessage({ key: KEYS.punctual, type: asked }),
    await aMessage({ key: KEYS.punctual, type: asked, attributes: { accepted: `${NOW} request internal` } }),
    await aMessage({ type: asked }),
    await aMessage({ key: KEYS['event-stream'], type: asked }),
  ];
  const secrets = { ...KEYS, actions: ring };
  expect(await verified(messages, secrets)).toEqual([
    ...['user.registered', 'user.registered', 'user.deleted', asked, asked],
    ...[null, null],
  ]);
});

test('it leaves aside what was changed, is old, comes by another door or is not signed', async () => {
  const stranger = Buffer.alloc(33, 7).toString('base64');
  const messages = [
    await aMessage({ key: stranger }),
    await aMessage({ change: (body) => body.replace('auth0|1', 'auth0|2') }),
    await aMessage({ at: NOW - 6 * 60_000 }),
    await aMessage({ attributes: { accepted: `${NOW} request store` } }),
    await aMessage({ attributes: { accepted: '' } }),
    await aMessage({ attributes: { webhook: '' } }),
    await aMessage({ attributes: { webhook: 'evt_1 x v1,AAAA' } }),
    await aMessage({ attributes: { type: 'user.deleted' } }),
    { Body: '{}' },
    {},
  ];
  expect(await verified(messages)).toEqual(messages.map(() => null));
});

test('it knows the types of each issuer as the stack does, and no more', () => {
  for (const [issuer, types] of Object.entries(ISSUER_TYPES).slice(0, 3)) {
    const [, listed = ''] = new RegExp(`\\b'?${issuer}'?: \\[([^\\]]*)\\]`).exec(verifier?.code ?? '') ?? [];
    expect([...listed.matchAll(/'([^']+)'/g)].map(([, type]) => type)).toEqual([...types]);
  }
});
