import type { SocketMessage } from '../../../events/status-snapshot';
import { createLog } from '../../../lambdas/runtime/logger';
import { createLimiter } from '../../../lambdas/status/push/limiter';
import { createPushChanges, type PushDeps } from '../../../lambdas/status/push/push-changes';
import type { Connection } from '../../../lambdas/status/socket/connections';
import type { UserLink } from '../../../lambdas/user-links/user-link';
import { NOW } from '../../helpers/events';
import { aLink } from '../../helpers/links';
import { SETTINGS } from './helpers/a-login';

const PENDING = aLink({ userRef: 'ada', state: 'pending' });
const LINKED = aLink({ userRef: 'ada', state: 'linked' });
const change = (before?: UserLink, after?: UserLink) => ({
  id: 'change-1',
  ...(before && { before }),
  ...(after && { after }),
});

const open = (userRef: string, connectionId: string, expiresAt = NOW / 1000 + 60): Connection => ({
  userRef,
  connectionId,
  at: NOW,
  expiresAt,
});

function pushing(sockets: readonly Connection[], deps: Partial<PushDeps> = {}) {
  const told: [string, SocketMessage][] = [];
  const removed: string[] = [];
  const asked: string[] = [];
  const lines: string[] = [];
  const push = createPushChanges({
    connections: {
      of: async (userRef) => {
        asked.push(userRef);
        return sockets.filter((socket) => socket.userRef === userRef);
      },
      remove: async ({ connectionId }) => void removed.push(connectionId),
    },
    post: async (connectionId, message) => {
      told.push([connectionId, message]);
      return 'sent';
    },
    systems: SETTINGS.systems,
    limiter: () => true,
    log: createLog(
      (line) => void lines.push(line),
      () => NOW,
    ),
    now: () => NOW,
    timeout: () => new AbortController().signal,
    ...deps,
  });
  return { push, told, removed, asked, lines };
}

test('every tab of the person is told what changed', async () => {
  const { push, told } = pushing([open('ada', 'c1'), open('ada', 'c2'), open('eve', 'c3')]);
  await push([change(PENDING, LINKED)]);
  const message = { type: 'standing', system: 'crm', standing: 'ready' };
  expect(told).toEqual([
    ['c1', message],
    ['c2', message],
  ]);
});

test.each<[string, UserLink | undefined, UserLink | undefined]>([
  ['a link that begins', undefined, PENDING],
  ['another attempt', PENDING, aLink({ userRef: 'ada', state: 'pending', attempts: 7, code: 'conflict' })],
  ['another account', LINKED, aLink({ userRef: 'ada', state: 'linked', accountId: 'other' })],
  [
    'a system that is not of the configuration',
    undefined,
    aLink({ userRef: 'ada', system: 'old', state: 'linked' }),
  ],
])('nobody is even looked for because of %s', async (_, before, after) => {
  const { push, asked } = pushing([open('ada', 'c1')]);
  await push([change(before, after)]);
  expect(asked).toEqual([]);
});

test('who waits for what an invitation grants is told when it is there, though another one was before', async () => {
  const roles = { name: 'auth0', label: 'Roles', required: false, onRequest: true, grants: true } as const;
  const link = aLink({ userRef: 'ada', system: 'auth0', state: 'linked' });
  const atWork = { ...link, lease: { token: 'worker', until: NOW } };
  const { push, told } = pushing([open('ada', 'c1')], { systems: [roles] });
  await push([change(atWork, { ...link, code: 'remote-throttled' })]);
  expect(told).toEqual([]);
  await push([change(atWork, link)]);
  expect(told).toEqual([['c1', { type: 'standing', system: 'auth0', standing: 'ready' }]]);
});

test('of many changes of a link, the person hears of the last', async () => {
  const { push, told, asked } = pushing([open('ada', 'c1')]);
  const failed = aLink({ userRef: 'ada', state: 'failed', code: 'conflict' });
  await push([change(PENDING, failed), change(failed, PENDING), change(PENDING, LINKED)]);
  expect(told).toEqual([['c1', { type: 'standing', system: 'crm', standing: 'ready' }]]);
  expect(asked).toEqual(['ada']);
});

test('a socket that is gone is forgotten, and the others are told', async () => {
  const told: string[] = [];
  const { push, removed } = pushing([open('ada', 'c1'), open('ada', 'c2')], {
    post: async (connectionId) => {
      if (connectionId === 'c1') return 'gone';
      told.push(connectionId);
      return 'sent';
    },
  });
  await push([change(PENDING, LINKED)]);
  expect({ told, removed }).toEqual({ told: ['c2'], removed: ['c1'] });
});

test('a socket whose time is over is forgotten without a call', async () => {
  const { push, told, removed } = pushing([open('ada', 'c1', NOW / 1000)]);
  await push([change(PENDING, LINKED)]);
  expect({ told, removed }).toEqual({ told: [], removed: ['c1'] });
});

describe('never fails the batch', () => {
  test('when a socket cannot be told: the other tabs are', async () => {
    const told: string[] = [];
    const { push, lines } = pushing([open('ada', 'c1'), open('ada', 'c2')], {
      post: async (connectionId) => {
        if (connectionId === 'c1') throw new TypeError('for ada@example.com');
        told.push(connectionId);
        return 'sent';
      },
    });
    await push([change(PENDING, LINKED)]);
    expect(told).toEqual(['c2']);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { level: 'warn', message: 'pages not told', count: 1, error: 'TypeError' },
    ]);
    expect(lines.join('')).not.toMatch(/ada|c1/);
  });

  test('when the table cannot be read', async () => {
    const of = () => Promise.reject(new Error('away'));
    const { push, lines } = pushing([], { connections: { of, remove: async () => undefined } });
    await push([change(PENDING, LINKED)]);
    expect(lines).toHaveLength(1);
  });

  test('when the time is up: whoever is left finds out by asking', async () => {
    const end = new AbortController();
    const people = Array.from({ length: 30 }, (_, number) => `user-${number}`);
    const { push, asked, lines } = pushing([], {
      timeout: () => end.signal,
      connections: {
        of: async (userRef) => {
          asked.push(userRef);
          end.abort();
          return [];
        },
        remove: async () => undefined,
      },
    });
    const linkOf = (userRef: string, state: 'pending' | 'linked') => aLink({ userRef, state });
    await push(people.map((each) => change(linkOf(each, 'pending'), linkOf(each, 'linked'))));
    expect(asked.length).toBeLessThanOrEqual(10);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ count: 30 - asked.length });
  });
});

test('sends no more than the account has to spare', async () => {
  let left = 2;
  const sockets = ['c1', 'c2', 'c3'].map((each) => open('ada', each));
  const { push, told } = pushing(sockets, { limiter: () => left-- > 0 });
  await push([change(PENDING, LINKED)]);
  expect(told).toHaveLength(2);
});

describe('the limiter', () => {
  test('gives a second at once, and then as time goes by', () => {
    let now = NOW;
    const limiter = createLimiter(3, () => now);
    const takes = (times: number) => Array.from({ length: times }, limiter).filter(Boolean).length;
    expect(takes(5)).toBe(3);
    now += 334;
    expect(takes(5)).toBe(1);
    now += 60_000;
    expect(takes(5)).toBe(3);
  });

  test('gives nothing for a clock that goes back', () => {
    let now = NOW;
    const limiter = createLimiter(1, () => now);
    expect(limiter()).toBe(true);
    now -= 60_000;
    expect(limiter()).toBe(false);
  });
});
