import type { FaultName } from '../../local/faults/named-faults';
import { aLife } from './helpers/a-life';
import { KINDS } from './helpers/kinds';
import type { Fault, Subject } from './helpers/subject';

const SETTLE_MS = 15_000;
/** Long enough to be no accident of the backoff. */
const ASKED = { seconds: 120, ms: 120_000 };

const DETAILS: Readonly<Record<string, Partial<Fault>>> = {
  throttled: { retryAfterSeconds: ASKED.seconds },
  'throttled-until': { retryAfterSeconds: ASKED.seconds },
  'slow-body': { delayMs: 200 },
  paging: { size: 0 },
};
/** What a system says of accounts, and what cannot be told from the truth. They have tests of their own. */
const STATEMENTS: readonly string[] = ['conflict', 'late-search', 'more-results', 'filter-ignored'];
/** Faults after which nobody knows whether the call took effect. */
const UNKNOWN: readonly string[] = [
  ...[
    'server-error',
    'unavailable',
    'reset',
    'reset-after',
    'timeout',
    'timeout-after',
    'error-after',
    'slow-body',
  ],
];

describe.each(Object.entries(KINDS))('a user of a system of kind %s', (kind, { start, contract }) => {
  let subject: Subject;
  beforeAll(async () => {
    subject = await start();
  }, 30_000);
  afterAll(() => subject?.stop());
  afterEach(() => subject.heal());

  const faults = Object.entries(contract).flatMap(([name, promises]) =>
    promises ? [name as FaultName] : [],
  );
  const passing = faults.filter((name) => !STATEMENTS.includes(name));
  const calls = passing.flatMap((fault) => [0, 1].map((skip) => [fault, skip] as const));

  test.each(calls)(
    'that has %s once in every step, after %i calls, has one account all through life',
    async (fault, skip) => {
      const life = aLife(subject);
      const step = async (act: () => Promise<unknown>) => {
        // As a rule of the SDK, what fails once is not seen: it has to fail twice.
        const times = kind === 'profile' ? 2 : 1;
        await subject.fail({ ...DETAILS[fault], fault, skip, times });
        if (fault === 'token-expired') await subject.rotate?.();
        await act();
        await subject.heal();
        return life.accounts();
      };
      const [email, moved] = [`${life.userId.slice(6)}@example.com`, 'moved@example.com'];
      expect(await step(() => life.tell('user.registered'))).toEqual([{ email, active: true }]);
      expect(life.link()).toMatchObject({ state: 'linked', ownership: 'created' });
      const { accountId } = life.link();
      expect(await step(() => life.tell('user.updated', { email: moved }))).toEqual([
        { email: moved, active: true },
      ]);
      expect(await step(() => life.tell('user.blocked', { email: moved }))).toEqual([
        { email: moved, active: false },
      ]);
      expect(await step(() => life.tell('user.unblocked', { email: moved }))).toEqual([
        { email: moved, active: true },
      ]);
      expect(life.link()).toMatchObject({ state: 'linked', ownership: 'created', accountId });
      expect(await step(() => life.tell('user.deleted', { email: moved }))).toHaveLength(1);
      expect(await step(life.leave)).toEqual([]);
      expect(life.link().state).toBe('deprovisioned');
      const created_at = '2026-11-20T10:04:00.000Z';
      expect(await step(() => life.tell('user.registered', { created_at }))).toEqual([
        { email, active: true },
      ]);
    },
  );

  test.each(faults.filter((name) => UNKNOWN.includes(name)))(
    'whose create ends in %s is looked for only when the call must have ended',
    async (fault) => {
      const life = aLife(subject);
      const operation = kind === 'profile' ? 'PutItem' : 'POST';
      // Of the SDK's own tries the first may take effect; then the second says so, and nothing is unknown.
      await subject.fail({ ...DETAILS[fault], fault, operation, times: kind === 'profile' ? 2 : 1 });
      const [first, ...others] = await life.tell('user.registered');
      if (first?.kind === 'retry') expect(first.afterMs).toBeGreaterThanOrEqual(SETTLE_MS);
      else expect(kind).toBe('profile');
      expect(others.at(-1) ?? first).toEqual({ kind: 'provisioned' });
      expect(life.link()).toMatchObject({ state: 'linked', ownership: 'created' });
      expect(await life.accounts()).toHaveLength(1);
    },
  );

  test('who is erased is gone from it, and stays so when it is read back', async () => {
    const life = aLife(subject);
    await life.tell('user.registered');
    expect(await life.accounts()).toHaveLength(1);
    expect((await life.tell('user.erase-requested')).at(-1)).toEqual({ kind: 'provisioned' });
    expect(await life.accounts()).toEqual([]);
    await life.leave();
    expect(life.link()).toMatchObject({ state: 'deprovisioned', code: 'erased', ended: 'erased' });
    expect(life.link().erasure?.verifiedAt).toEqual(expect.any(Number));
  });

  /** A case of kinds whose systems can fail so. */
  const testOf = (fault: FaultName, name: string, act: () => Promise<void>) => {
    if (faults.includes(fault)) test(name, act);
  };

  for (const fault of ['throttled', 'throttled-until'] as const) {
    // A table has no Retry-After.
    if (kind === 'profile') break;
    testOf(fault, `that is ${fault} is left alone for as long as it asks`, async () => {
      const life = aLife(subject);
      await subject.fail({ ...DETAILS[fault], fault, operation: 'POST', times: 1 });
      const [first, last] = await life.tell('user.registered');
      expect(first).toMatchObject({ kind: 'retry', code: 'remote-throttled', afterMs: expect.any(Number) });
      if (first?.kind === 'retry') expect(Math.abs(first.afterMs - ASKED.ms)).toBeLessThan(5_000);
      expect(last).toEqual({ kind: 'provisioned' });
    });
  }

  testOf(
    'conflict',
    'who cannot be made because something is there is held, and nothing of it is touched',
    async () => {
      const life = aLife(subject);
      await subject.addForeign(life.userId);
      await subject.fail({ fault: 'conflict', operation: kind === 'profile' ? 'PutItem' : 'POST' });
      expect(await life.tell('user.registered')).toEqual([{ kind: 'skipped', code: 'conflict' }]);
      expect(life.link()).toMatchObject({ state: 'held', code: 'conflict' });
      expect(await life.accounts()).toEqual([]);
    },
  );

  testOf(
    'late-search',
    'whom searches show late, and whose create nobody answered, is found after the wait',
    async () => {
      const life = aLife(subject);
      await subject.fail({ fault: 'timeout-after', operation: 'POST', times: 1 });
      await subject.fail({ fault: 'late-search', lagSeconds: 0.1 });
      // The worker's clock is not the system's, which has settled long before the worker asks again.
      const lag = new Promise((resolve) => setTimeout(resolve, 120));
      const outcomes = await life.tell('user.registered');
      await lag;
      expect(outcomes.at(-1)).toEqual({ kind: 'provisioned' });
      expect(life.link()).toMatchObject({ state: 'linked', ownership: 'created' });
      expect(await life.accounts()).toHaveLength(1);
    },
  );

  testOf('late-search', 'whom searches do not show for long is never made twice', async () => {
    const life = aLife(subject);
    await subject.fail({ fault: 'malformed-json', operation: 'POST', times: 1 });
    await subject.fail({ fault: 'late-search', lagSeconds: 3_600 });
    const outcomes = await life.tell('user.registered');
    expect(
      new Set(outcomes.map((outcome) => `${outcome.kind} ${'code' in outcome ? outcome.code : ''}`)),
    ).toEqual(new Set(['retry remote-invalid-answer']));
    await subject.heal();
    expect((await life.tell('user.updated')).at(-1)).toEqual({ kind: 'provisioned' });
    expect(await life.accounts()).toHaveLength(1);
  });

  testOf(
    'more-results',
    'of whom there may be accounts that a page does not show is asked for again, and none is made',
    async () => {
      const life = aLife(subject);
      await subject.fail({ fault: 'more-results', more: 1 });
      expect((await life.tell('user.registered')).at(-1)).toMatchObject({ code: 'remote-invalid-answer' });
      expect(await life.accounts()).toEqual([]);
    },
  );

  testOf('filter-ignored', 'of a system that ignores filters is rejected, and none is made', async () => {
    const [somebody, life] = [aLife(subject), aLife(subject)];
    await somebody.tell('user.registered');
    await subject.fail({ fault: 'filter-ignored' });
    expect(await life.tell('user.registered')).toMatchObject([{ kind: 'rejected', code: 'filter-ignored' }]);
    expect(await life.accounts()).toEqual([]);
  });
});
