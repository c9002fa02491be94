import type { KeyRing } from '../../../../events/key-ring';
import { sign } from '../../../../events/signature';
import { createAuthenticate, type Message } from '../../../../lambdas/connectors/authenticity/authenticate';
import { anAcceptedEvent, anEvent, NOW } from '../../../helpers/events';

const SECRET = Buffer.alloc(32, 1).toString('base64');
const OTHER = Buffer.alloc(32, 2).toString('base64');
const MINUTE = 60_000;

interface Options {
  readonly body?: string;
  readonly secret?: string;
  readonly signedAt?: number;
  readonly acceptedAt?: number;
  readonly attributes?: Record<string, string | undefined>;
  readonly route?: 'events' | 'store';
}

async function aMessage(options: Options = {}): Promise<Message> {
  const { body = JSON.stringify(anEvent()), secret = SECRET, acceptedAt = NOW, route = 'events' } = options;
  const timestampSeconds = Math.floor((options.signedAt ?? NOW) / 1000);
  const headers = await sign(secret, { id: 'reg_1', timestampSeconds, body });
  const attributes = {
    type: 'user.registered',
    accepted: `${acceptedAt} request-1 ${route}`,
    webhook: `reg_1 ${timestampSeconds} ${headers['webhook-signature']}`,
    ...options.attributes,
  };
  return { body, attributes, deliveries: 1, queuedAt: acceptedAt };
}

async function authenticate(
  options: Options = {},
  deps: { rings?: KeyRing[]; unsignedAllowed?: boolean; ringReadAfterMs?: number } = {},
) {
  const rings = deps.rings ?? [{ actions: [{ secret: SECRET }] }];
  const run = createAuthenticate({
    keyRing: async ({ fresh }) => {
      const keys = (fresh ? rings.at(-1) : rings[0]) as KeyRing;
      return { keys, readAt: (options.acceptedAt ?? NOW) + (deps.ringReadAfterMs ?? MINUTE) };
    },
    unsignedAllowed: deps.unsignedAllowed ?? false,
    backoff: (deliveries) => deliveries * 1000,
    now: () => NOW + MINUTE,
  });
  return run(await aMessage(options));
}

const rejectedWith = (code: string) => ({ ok: false, outcome: { kind: 'rejected', code } });
const bodyOf = (fields: Parameters<typeof anEvent>[0]) => JSON.stringify(anEvent(fields));

describe('a signed event', () => {
  test('is admitted with what the API said of it', async () => {
    expect(await authenticate()).toEqual({
      ok: true,
      accepted: anAcceptedEvent(),
    });
  });

  test('is judged by when the API accepted it, however late it is processed', async () => {
    const longAgo = NOW - 30 * 24 * 60 * MINUTE;
    const event = {
      ...anEvent({ user: { created_at: new Date(longAgo).toISOString() } }),
      time: new Date(longAgo).toISOString(),
    };
    const options = { body: JSON.stringify(event), signedAt: longAgo, acceptedAt: longAgo };
    expect(await authenticate(options)).toMatchObject({ ok: true });
  });

  test('of a key added a moment ago is admitted after the ring is read again', async () => {
    const rings = [{ actions: [{ secret: OTHER }] }, { actions: [{ secret: OTHER }, { secret: SECRET }] }];
    expect(await authenticate({}, { rings, ringReadAfterMs: -MINUTE })).toMatchObject({ ok: true });
  });

  test('that no key fits waits when the keys were read before it was accepted', async () => {
    expect(await authenticate({ secret: OTHER }, { ringReadAfterMs: -1 })).toMatchObject({
      ok: false,
      outcome: { kind: 'retry', code: 'key-unknown' },
    });
  });

  test('waits while the secret cannot be read, and is not called a forgery', async () => {
    const run = createAuthenticate({
      keyRing: async () => {
        throw new Error('access denied');
      },
      unsignedAllowed: false,
      backoff: (deliveries) => deliveries * 1000,
      now: () => NOW,
    });
    expect(await run({ ...(await aMessage()), deliveries: 7 })).toMatchObject({
      ok: false,
      outcome: { kind: 'retry', code: 'secret-unavailable', afterMs: 7000 },
    });
  });
});

describe('rejects', () => {
  test.each([
    ['signature-invalid', { secret: OTHER }],
    ['signature-missing', { attributes: { webhook: undefined } }],
    ['signature-malformed', { attributes: { webhook: 'nonsense' } }],
    ['signature-expired', { signedAt: NOW - 6 * MINUTE }],
    ['not-accepted', { attributes: { accepted: undefined } }],
    ['not-accepted', { attributes: { accepted: 'today request-1 events' } }],
    ['not-allowed', { body: bodyOf({ type: 'user.deleted' }), attributes: { type: 'user.deleted' } }],
    ['attribute-mismatch', { attributes: { type: 'user.logged-in' } }],
    ['attribute-mismatch', { body: bodyOf({ system: 'video' }), attributes: { system: 'crm' } }],
    ['attribute-mismatch', { attributes: { system: 'crm' } }],
    ['time-in-future', { body: JSON.stringify({ ...anEvent(), time: '2099-01-01T00:00:00.000Z' }) }],
    ['time-in-future', { body: bodyOf({ user: { created_at: '2099-01-01T00:00:00.000Z' } }) }],
    ['time-in-future', { body: bodyOf({ user: { updated_at: '2026-11-20T10:05:01.000Z' } }) }],
    ['malformed-json', { body: '{' }],
    ['invalid-envelope', { body: '{}' }],
  ])('%s (%#)', async (code, options) => {
    expect(await authenticate(options)).toMatchObject(rejectedWith(code));
  });

  test('believes nothing of a body before its signature', async () => {
    expect(await authenticate({ body: '{', secret: OTHER })).toMatchObject(rejectedWith('signature-invalid'));
  });
});

describe('the plain interface', () => {
  const body = JSON.stringify({ username: 'ada', email: 'ada@example.com', user_id: 'legacy|1' });
  const unsigned = { body, route: 'store' as const, attributes: { webhook: undefined } };

  test('signed, is a registration', async () => {
    expect(await authenticate({ body, route: 'store' })).toMatchObject({
      ok: true,
      accepted: { unsigned: false, event: { id: 'reg_1', type: 'user.registered' } },
    });
  });

  test('unsigned is admitted, and marked, only where the configuration allows it', async () => {
    expect(await authenticate(unsigned)).toMatchObject(rejectedWith('signature-missing'));
    expect(await authenticate(unsigned, { unsignedAllowed: true })).toMatchObject({
      ok: true,
      accepted: { unsigned: true, event: { type: 'user.registered' } },
    });
  });

  test('unsigned can be nothing but a registration', async () => {
    const attributes = { webhook: undefined, type: 'user.deleted' };
    expect(await authenticate({ ...unsigned, attributes }, { unsignedAllowed: true })).toMatchObject(
      rejectedWith('attribute-mismatch'),
    );
  });

  test('allowed unsigned does not open the other door', async () => {
    const options = { attributes: { webhook: undefined } };
    expect(await authenticate(options, { unsignedAllowed: true })).toMatchObject(
      rejectedWith('signature-missing'),
    );
  });
});
