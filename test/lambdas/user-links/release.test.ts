import { RetryableError } from '../../../lambdas/connectors/connector';
import { heldCodeOf, isLeaving, released } from '../../../lambdas/user-links/release';
import type { UserLink } from '../../../lambdas/user-links/user-link';
import { NOW } from '../../helpers/events';
import { aLink } from '../../helpers/links';
import {
  aWorker,
  DAY,
  failing,
  GRACE,
  HOUR,
  LEAVE_AFTER,
  MINUTE,
  SECOND,
} from '../connectors/helpers/a-worker';

type Worker = ReturnType<typeof aWorker>;

/** What the command does between reading a row and writing it. */
function release({ put, link, clock }: Worker, userId?: string): UserLink {
  put(released(link(userId), clock.now));
  return link(userId);
}

async function atThreshold(): Promise<Worker> {
  const worker = aWorker({ admitDeletion: async () => false });
  await worker.tell('user.registered');
  await worker.tell('user.deleted');
  await worker.remindAt(LEAVE_AFTER);
  expect(worker.link()).toMatchObject({ state: 'held', code: 'deletion-threshold' });
  return worker;
}

describe('a deletion that was one too many and is released', () => {
  test('is due at once, and no more among what waits for somebody', async () => {
    const worker = await atThreshold();
    const before = worker.link();
    const link = release(worker);
    const due = { next: 'disable', dueAt: worker.clock.now, remindAt: worker.clock.now, counted: true };
    expect(link).toMatchObject({ state: 'deprovisioning', code: 'deleted', ended: 'deleted', ...due });
    expect(link).toMatchObject({ due: expect.stringMatching(/^[0-3]$/), revision: before.revision + 1 });
    for (const field of ['unsettled', 'verdict', 'lease']) expect(link).not.toHaveProperty(field);
  });

  test('goes although there is no room still, and leaves a tombstone', async () => {
    const worker = await atThreshold();
    release(worker);
    expect(await worker.remindAt(HOUR)).toEqual({ kind: 'provisioned' });
    expect(worker.remote.stored).toMatchObject([{ active: false }]);
    expect(await worker.remindAt(HOUR + GRACE)).toEqual({ kind: 'provisioned' });
    expect(worker.remote.stored).toEqual([]);
    expect(worker.link()).toMatchObject({ state: 'deprovisioned', code: 'deleted' });
  });

  test('stays when the user came back before it was due', async () => {
    const worker = await atThreshold();
    release(worker);
    const again = { created_at: new Date(NOW + HOUR).toISOString() };
    expect(await worker.tell('user.created', again, HOUR)).toEqual({ kind: 'provisioned' });
    expect(await worker.remindAt(2 * HOUR)).toEqual({ kind: 'skipped', code: 'not-due' });
    expect(worker.remote.stored).toMatchObject([{ active: true }]);
  });
});

describe('the account of a user who became part of another one', () => {
  const OTHER = 'google-oauth2|7';

  async function merged(): Promise<Worker> {
    const worker = aWorker();
    await worker.tell('user.registered');
    await worker.tell('user.registered', { user_id: OTHER });
    await worker.tell('user.updated', { identities: ['auth0|1', OTHER] }, SECOND);
    await worker.tell('user.deleted', { user_id: OTHER });
    expect(worker.link(OTHER)).toMatchObject({ state: 'held', code: 'merge-pending' });
    return worker;
  }

  test('goes once it is released, and the account of the other stays', async () => {
    const worker = await merged();
    release(worker, OTHER);
    expect(await worker.remindAt(HOUR, OTHER)).toEqual({ kind: 'provisioned' });
    expect(await worker.remindAt(HOUR + GRACE, OTHER)).toEqual({ kind: 'provisioned' });
    expect(worker.remote.accounts()).toEqual(['acme/dev/auth0|1']);
  });

  test('is not held again because Auth0 tells of the same identities again', async () => {
    const worker = await merged();
    release(worker, OTHER);
    await worker.tell('user.updated', { identities: ['auth0|1', OTHER] }, MINUTE);
    await worker.tell('user.deleted', { user_id: OTHER });
    expect(worker.link(OTHER)).toMatchObject({ state: 'deprovisioning', next: 'disable' });
  });
});

describe('a link that is held for a conflict and is released', () => {
  async function inConflict(): Promise<Worker> {
    const worker = aWorker();
    const { create } = worker.remote.connector;
    Object.assign(worker.remote.connector, { create: async () => ({ kind: 'exists' }) });
    expect(await worker.tell('user.registered')).toEqual({ kind: 'skipped', code: 'conflict' });
    expect(await worker.tell('user.updated', {}, SECOND)).toEqual({ kind: 'skipped', code: 'held' });
    Object.assign(worker.remote.connector, { create });
    return worker;
  }

  test.each(['user.registered', 'user.updated', 'user.unblocked'] as const)(
    'is worked on by the next %s',
    async (type) => {
      const worker = await inConflict();
      expect(release(worker)).toMatchObject({ state: 'pending' });
      for (const field of ['code', 'unsettled', 'verdict', 'due'])
        expect(worker.link()).not.toHaveProperty(field);
      expect(await worker.tell(type, {}, MINUTE)).toEqual({ kind: 'provisioned' });
      expect(worker.link()).toMatchObject({ state: 'linked', accountId: 'acc-0' });
    },
  );

  test('is told of again when it is held again', async () => {
    const worker = await inConflict();
    release(worker);
    Object.assign(worker.remote.connector, { create: async () => ({ kind: 'exists' }) });
    expect(await worker.tell('user.updated', {}, MINUTE)).toEqual({ kind: 'skipped', code: 'conflict' });
    expect(worker.table.written.at(-1)).toMatchObject({ state: 'held', verdict: 'held:conflict' });
    expect(worker.table.written.at(-2)).not.toHaveProperty('verdict');
  });

  test('has the whole budget again, from the event that comes', async () => {
    const worker = await inConflict();
    worker.clock.now = NOW + 2 * DAY;
    release(worker);
    worker.clock.now += HOUR;
    worker.remote.faults.find = failing(new RetryableError('remote-unavailable'));
    expect(await worker.tell('user.registered', {}, 2 * DAY + HOUR)).toMatchObject({ kind: 'retry' });
    const since = { firstAttemptAt: worker.clock.now, acceptedAt: worker.clock.now };
    expect(worker.link()).toMatchObject({ state: 'pending', attempts: 1, ...since });
  });
});

test('a conflict of a user who is gone goes on on its way out, with the step that it was at', () => {
  const gone = { state: 'held', code: 'conflict', ended: 'deleted', next: 'delete', dueAt: 1 } as const;
  const link = released(aLink(gone), NOW);
  expect(isLeaving(aLink(gone))).toBe(true);
  expect(link).toMatchObject({ state: 'deprovisioning', next: 'delete', dueAt: NOW, remindAt: NOW });
});

test.each([
  [{ state: 'linked' as const }, undefined],
  [{ state: 'held' as const, code: 'ambiguous' as const }, 'ambiguous'],
  [{ state: 'held' as const, code: 'of-a-newer-version' as never }, undefined],
  [{ state: 'skipped' as const, code: 'disabled' as const }, undefined],
])('a link with %j is held for %s', (fields, code) => {
  expect(heldCodeOf(aLink(fields))).toBe(code);
});
