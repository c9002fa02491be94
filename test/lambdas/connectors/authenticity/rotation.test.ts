import { parseKeys } from '../../../../events/key-ring';
import { sign } from '../../../../events/signature';
import { createAuthenticate, type Message } from '../../../../lambdas/connectors/authenticity/authenticate';
import { createSecrets } from '../../../../lambdas/runtime/secrets';
import { anEvent, NOW } from '../../../helpers/events';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const [OLD, NEW, FORGED] = [1, 2, 3].map((byte) => Buffer.alloc(32, byte).toString('base64')) as [
  string,
  string,
  string,
];

/** The same numbers in [0, 1) every time. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** Workers on one clock. The new key is put into the secret at `putAt` and shows up to four seconds later. */
function setUp(putAt: number, random: () => number) {
  const clock = { now: NOW };
  const secret = { failing: false };
  const createWorker = () => {
    const reads: number[] = [];
    const fetch = async () => {
      reads.push(clock.now);
      if (secret.failing) throw new Error('Secrets Manager is away');
      const keys = clock.now - 4 * SECOND * random() < putAt ? [OLD] : [NEW, OLD];
      return JSON.stringify({ keys: keys.map((key) => ({ secret: key })) });
    };
    const secrets = createSecrets(fetch, () => clock.now);
    const authenticate = createAuthenticate({
      keyRing: async ({ fresh }) => {
        const { text, readAt } = await (fresh ? secrets.reread('ring') : secrets.read('ring'));
        return { keys: { actions: parseKeys(text) }, readAt };
      },
      unsignedAllowed: false,
      backoff: () => MINUTE,
      now: () => clock.now,
    });
    return { authenticate, reads };
  };
  return { clock, secret, createWorker };
}

interface Sent {
  readonly key: string;
  readonly acceptedAt: number;
}

async function aMessage({ key, acceptedAt }: Sent, deliveries = 1): Promise<Message> {
  const at = new Date(acceptedAt).toISOString();
  const body = JSON.stringify({ ...anEvent({ user: { created_at: at } }), time: at });
  const timestampSeconds = Math.floor(acceptedAt / 1000);
  const { 'webhook-signature': signature } = await sign(key, { id: 'reg_1', timestampSeconds, body });
  const attributes = {
    type: 'user.registered',
    accepted: `${acceptedAt} request-1 events`,
    webhook: `reg_1 ${timestampSeconds} ${signature}`,
  };
  return { body, attributes, deliveries, queuedAt: acceptedAt };
}

describe('an event signed with a key that was added a moment ago', () => {
  test('is admitted at once when the ring is older than a minute', async () => {
    const { clock, createWorker } = setUp(NOW + 2 * MINUTE, () => 0);
    const { authenticate } = createWorker();
    await authenticate(await aMessage({ key: OLD, acceptedAt: NOW }));
    clock.now = NOW + 2 * MINUTE + SECOND;
    expect(await authenticate(await aMessage({ key: NEW, acceptedAt: clock.now }))).toMatchObject({
      ok: true,
    });
  });

  test('waits for the next look at the keys when the last one was seconds ago, and is admitted then', async () => {
    const { clock, createWorker } = setUp(NOW + 2 * SECOND, () => 0);
    const { authenticate, reads } = createWorker();
    await authenticate(await aMessage({ key: OLD, acceptedAt: NOW }));
    clock.now = NOW + 3 * SECOND;
    const sent = { key: NEW, acceptedAt: clock.now };
    const first = await authenticate(await aMessage(sent));
    expect(first).toMatchObject({ ok: false, outcome: { kind: 'retry', code: 'key-unknown' } });
    expect(reads).toHaveLength(1);
    clock.now += first.ok || first.outcome.kind !== 'retry' ? 0 : first.outcome.afterMs;
    expect(clock.now - sent.acceptedAt).toBeLessThan(70 * SECOND);
    expect(await authenticate(await aMessage(sent, 2))).toMatchObject({ ok: true });
    expect(reads).toHaveLength(2);
  });

  test('waits when the keys were read right after it, because a new value takes seconds to show', async () => {
    const { clock, createWorker } = setUp(NOW, () => 0.99);
    clock.now = NOW + 3 * SECOND;
    const { authenticate } = createWorker();
    const sent = { key: NEW, acceptedAt: NOW + 2 * SECOND };
    expect(await authenticate(await aMessage(sent))).toMatchObject({ outcome: { code: 'key-unknown' } });
  });

  test('waits while the keys cannot be read again, however often it comes, and at most one look a minute fails', async () => {
    const { clock, secret, createWorker } = setUp(NOW + SECOND, () => 0);
    const { authenticate, reads } = createWorker();
    await authenticate(await aMessage({ key: OLD, acceptedAt: NOW }));
    secret.failing = true;
    const sent = { key: NEW, acceptedAt: NOW + 2 * SECOND };
    for (let delivery = 1; delivery <= 20; delivery += 1) {
      clock.now += 10 * SECOND;
      const { ok, outcome } = (await authenticate(await aMessage(sent, delivery))) as never as Record<
        string,
        { kind?: string; afterMs?: number }
      >;
      expect([ok, outcome?.kind]).toEqual([false, 'retry']);
      expect(outcome?.afterMs).toBeGreaterThan(0);
    }
    expect(reads.length).toBeLessThanOrEqual(1 + 4);
    secret.failing = false;
    clock.now += MINUTE;
    expect(await authenticate(await aMessage(sent, 21))).toMatchObject({ ok: true });
  });
});

test('events of known keys cost one look at the keys in five minutes', async () => {
  const { clock, createWorker } = setUp(NOW, () => 0);
  const { authenticate, reads } = createWorker();
  for (let second = 0; second < 300; second += 10) {
    clock.now = NOW + second * SECOND;
    const result = await authenticate(
      await aMessage({ key: second % 20 ? OLD : NEW, acceptedAt: clock.now }),
    );
    expect(result.ok).toBe(true);
  }
  expect(reads).toHaveLength(1);
});

test.each([1, 2, 3, 4, 5])(
  'in a flood of forgeries no worker looks at the keys twice a minute, each forgery is rejected at its second delivery at the latest, and nobody else is (%#)',
  async (seed) => {
    const random = createRandom(seed);
    const putAt = NOW + 5 * MINUTE;
    const { clock, createWorker } = setUp(putAt, random);
    const workers = Array.from({ length: 4 }, createWorker);
    const sent = Array.from({ length: 600 }, (_, index): Sent => {
      const acceptedAt = Math.round(NOW + 10 * MINUTE * random());
      if (index % 2 === 0) return { key: FORGED, acceptedAt };
      return { key: acceptedAt >= putAt ? NEW : OLD, acceptedAt };
    });
    const due = sent.map((each) => ({ ...each, at: each.acceptedAt + 2 * SECOND * random(), deliveries: 1 }));
    while (due.length > 0) {
      due.sort((one, other) => one.at - other.at);
      const next = due.shift() as (typeof due)[number];
      clock.now = next.at;
      const worker = workers[Math.floor(random() * workers.length)] as (typeof workers)[number];
      const result = await worker.authenticate(await aMessage(next, next.deliveries));
      if (!result.ok && result.outcome.kind === 'retry') {
        expect(next.deliveries).toBe(1);
        const seconds = Math.ceil(result.outcome.afterMs / SECOND);
        due.push({ ...next, at: next.at + seconds * SECOND + 3 * SECOND * random(), deliveries: 2 });
      } else {
        expect(result.ok).toBe(next.key !== FORGED);
        if (!result.ok) expect(result.outcome).toMatchObject({ kind: 'rejected', code: 'signature-invalid' });
      }
    }
    for (const { reads } of workers) {
      const pauses = reads.slice(1).map((at, index) => at - (reads[index] ?? 0));
      expect(Math.min(...pauses)).toBeGreaterThanOrEqual(MINUTE);
    }
  },
);
