import type { JitRule } from '../../../events/jit-rule';
import { createScope } from '../../../lambdas/connectors/intent/scope';
import type { ProvisionDeps } from '../../../lambdas/connectors/provision-deps';
import { NO_ADOPTION } from '../../helpers/adoption';
import { anEvent, NOW } from '../../helpers/events';
import { aWorker, LEAVE_AFTER, MINUTE, SECOND } from './helpers/a-worker';

const PROVISIONED = { kind: 'provisioned' };
const skippedBy = (code: string) => ({ kind: 'skipped', code });
const OFF = skippedBy('jit-off');
const NEW = { email: 'new@example.com' };

const GITHUB = { name: 'github', strategy: 'github' };
const STAFF = { name: 'staff', strategy: 'samlp' };
const NOT_BY_GITHUB: JitRule = { default: true, except: ['github'] };
const BY_STAFF_ALONE: JitRule = { default: false, except: ['staff'] };

type Told = NonNullable<Parameters<typeof anEvent>[0]>;

/** A worker whose rule a deployment changes. */
function at(rule: JitRule, settings: Partial<ProvisionDeps> = {}) {
  const jit = { ...rule };
  const worker = aWorker({ jit, ...settings });
  const tell = ({ user, ...event }: Told, after = 0, unsigned = false) => {
    const updated_at = new Date(NOW + after).toISOString();
    const told = anEvent({ ...event, user: { updated_at, ...user } });
    return worker.run({ event: told, acceptedAt: worker.clock.now, unsigned });
  };
  return { ...worker, tell, deploy: (next: JitRule) => Object.assign(jit, next) };
}

describe.each([
  ['all connections but one', NOT_BY_GITHUB],
  ['one connection alone', BY_STAFF_ALONE],
])('where %s brings accounts', (_, rule) => {
  test.each([
    ['a registration', { type: 'user.registered', connection: GITHUB }],
    ['a login', { type: 'user.logged-in', connection: GITHUB }],
    ['the event stream', { type: 'user.created', connection: GITHUB }],
    ['an update', { type: 'user.updated', connection: GITHUB, user: { blocked: false } }],
    ['an end of a block', { type: 'user.unblocked', connection: GITHUB }],
    ['a request for an account', { type: 'user.provision-requested', connection: GITHUB }],
    ['an event that names no connection', { type: 'user.registered' }],
    ['a list of connections', { type: 'user.updated', connections: ['github'] }],
  ] as const)('%s makes none for who comes by another one, and says so once', async (_of, event) => {
    const { tell, link, table, remote } = at(rule);
    expect(await tell(event as Told)).toEqual(OFF);
    expect(link()).toMatchObject({ state: 'skipped', code: 'jit-off' });
    const { writes } = table.state;
    expect(await tell(event as Told)).toEqual(OFF);
    expect(table.state.writes).toBe(writes);
    for (const field of ['lease', 'accountId', 'unsettled', 'broughtBy'])
      expect(link()).not.toHaveProperty(field);
    expect(remote.calls).toEqual([]);
  });

  test('the first event by a connection that does makes the account, whatever was told before', async () => {
    const { tell, link } = at(rule);
    await tell({ connection: GITHUB });
    await tell({ type: 'user.created' }, SECOND);
    const login = { type: 'user.logged-in', connection: STAFF } as const;
    expect(await tell(login, 2 * SECOND)).toEqual(PROVISIONED);
    expect(link()).toMatchObject({ state: 'linked', accountId: 'acc-0', broughtBy: 'staff' });
  });

  test('one of several linked connections is enough', async () => {
    const { tell, link } = at(rule);
    const event = { type: 'user.updated', connection: GITHUB, connections: ['github', 'staff'] } as const;
    expect(await tell(event)).toEqual(PROVISIONED);
    expect(link()).toMatchObject({ broughtBy: 'staff' });
  });

  test('whoever invents a user does not say how they come', async () => {
    const { tell, remote } = at(rule);
    expect(await tell({ connection: STAFF }, 0, true)).toEqual(OFF);
    expect(remote.calls).toEqual([]);
  });

  test('who has an account keeps it and its whole life, however they come', async () => {
    const { tell, link, remote, remindAt } = at(rule);
    await tell({ connection: STAFF });
    expect(await tell({ type: 'user.logged-in', connection: GITHUB }, SECOND)).toEqual(
      skippedBy('unchanged'),
    );
    const update = { type: 'user.updated', connection: GITHUB, user: NEW } as const;
    expect(await tell(update, 2 * SECOND)).toEqual(PROVISIONED);
    expect(remote.stored).toMatchObject([{ shown: NEW }]);
    await tell({ type: 'user.blocked', connection: GITHUB }, 3 * SECOND);
    expect(remote.stored).toMatchObject([{ active: false }]);
    await tell({ type: 'user.unblocked', connection: GITHUB }, 4 * SECOND);
    expect(remote.stored).toMatchObject([{ active: true }]);
    await tell({ type: 'user.deleted', connection: GITHUB }, 5 * SECOND);
    await remindAt(LEAVE_AFTER + MINUTE);
    expect(remote.stored).toMatchObject([{ active: false }]);
    expect(link()).toMatchObject({ state: 'deprovisioning', code: 'deleted' });
  });

  test('who was passed through is deleted and erased without an account', async () => {
    const gone = at(rule);
    await gone.tell({ connection: GITHUB });
    expect(await gone.tell({ type: 'user.deleted', connection: GITHUB }, SECOND)).toEqual(
      skippedBy('deleted'),
    );
    expect(gone.link()).toMatchObject({ state: 'deprovisioned', code: 'deleted' });
    const erased = at(rule);
    await erased.tell({ connection: GITHUB });
    expect(await erased.tell({ type: 'user.erase-requested' }, SECOND)).toEqual(PROVISIONED);
    expect(erased.link()).toMatchObject({ ended: 'erased' });
    expect([...gone.remote.stored, ...erased.remote.stored]).toEqual([]);
  });

  test('an account that is gone from the system is not made again', async () => {
    const { tell, link, remote, deploy } = at(rule);
    await tell({ connection: STAFF });
    remote.stored.length = 0;
    deploy({ default: false, except: [] });
    const update = { type: 'user.updated', connection: STAFF, user: NEW } as const;
    expect(await tell(update, SECOND)).toEqual(OFF);
    expect(link()).toMatchObject({ state: 'skipped', code: 'jit-off' });
    expect(link()).not.toHaveProperty('accountId');
    expect(remote.stored).toEqual([]);
  });
});

test('a connection that is switched on brings its users at their next login, and one that is off no new ones', async () => {
  const { tell, link, deploy } = at(NOT_BY_GITHUB);
  const login = { type: 'user.logged-in', connection: GITHUB } as const;
  expect(await tell(login)).toEqual(OFF);
  deploy({ default: true, except: [] });
  expect(await tell(login, SECOND)).toEqual(PROVISIONED);
  deploy(NOT_BY_GITHUB);
  expect(await tell({ ...login, user: NEW }, 2 * SECOND)).toEqual(PROVISIONED);
  const other = { created_at: '2026-11-20T09:00:00.000Z', user_id: 'auth0|2' };
  expect(await tell({ ...login, user: other }, 3 * SECOND)).toEqual(OFF);
  expect(link()).toMatchObject({ state: 'linked' });
});

test('an event that names no connection counts for who came by one that brings accounts by now', async () => {
  const { tell, link, deploy } = at(NOT_BY_GITHUB, { provisionAt: 'use' });
  expect(await tell({ connection: STAFF })).toEqual(skippedBy('not-asked-yet'));
  expect(link()).toMatchObject({ broughtBy: 'staff' });
  deploy({ default: true, except: ['github', 'staff'] });
  expect(await tell({ type: 'user.provision-requested' }, SECOND)).toEqual(OFF);
  deploy(NOT_BY_GITHUB);
  expect(await tell({ type: 'user.provision-requested' }, 2 * SECOND)).toEqual(PROVISIONED);
});

test('a block is noted of who is passed through, and so is its end', async () => {
  const { tell, link, remote } = at(NOT_BY_GITHUB);
  expect(await tell({ type: 'user.blocked', connection: GITHUB }, SECOND)).toEqual(skippedBy('disabled'));
  expect(await tell({ type: 'user.unblocked', connection: GITHUB }, 2 * SECOND)).toEqual(OFF);
  expect(link()).toMatchObject({ code: 'jit-off', blocked: false, blockedAt: NOW + 2 * SECOND });
  expect(await tell({ type: 'user.blocked', connection: GITHUB }, SECOND)).toEqual(skippedBy('stale'));
  expect(remote.calls).toEqual([]);
});

test('the scope has the first word, and a user who comes into it is passed through all the same', async () => {
  const scope = createScope({ where: [{ of: 'plan', oneOf: ['in'] }] });
  const { tell, link } = at(NOT_BY_GITHUB, { scope });
  const told = (plan: string) => ({ type: 'user.updated', connection: GITHUB, user: { plan } }) as const;
  expect(await tell(told('out'))).toEqual(skippedBy('out-of-scope'));
  expect(await tell(told('in'), SECOND)).toEqual(OFF);
  expect(link()).toMatchObject({ state: 'skipped', code: 'jit-off' });
  expect(link()).not.toHaveProperty('outside');
  expect(await tell(told('out'), 2 * SECOND)).toEqual(skippedBy('out-of-scope'));
});

test('what is held waits for an operator until the user is passed through, and who is chosen for gets theirs', async () => {
  const adoption = { ...NO_ADOPTION, correlate: [{ attribute: 'email', from: 'email' }] };
  const { tell, link, remote } = at(NOT_BY_GITHUB, { adoption });
  const { accountId } = remote.add('', { email: 'ada@example.com' });
  expect(await tell({ connection: STAFF })).toEqual(skippedBy('conflict'));
  expect(await tell({ type: 'user.logged-in', connection: GITHUB }, SECOND)).toEqual(skippedBy('held'));
  Object.assign(link(), { state: 'pending', chosen: { accountId, ownership: 'adopted' }, broughtBy: 'x' });
  const login = { type: 'user.logged-in', connection: GITHUB } as const;
  expect(await tell(login, 2 * SECOND)).toEqual(PROVISIONED);
  expect(link()).toMatchObject({ state: 'linked', accountId });
});

test('signing up again begins anew: by which connection the earlier life came does not count', async () => {
  const { tell, link, clock } = at(NOT_BY_GITHUB);
  await tell({ connection: STAFF });
  await tell({ type: 'user.deleted' }, SECOND);
  clock.now = NOW + 90 * MINUTE;
  // Nothing of the first life is left by then.
  Object.assign(link(), { state: 'deprovisioned', ended: 'deleted', accountId: undefined });
  const again = { created_at: new Date(NOW + 60 * MINUTE).toISOString() };
  expect(await tell({ type: 'user.created', user: again }, 60 * MINUTE)).toEqual(OFF);
  expect(link()).not.toHaveProperty('broughtBy');
});

test('a system in which every connection brings accounts notes none', async () => {
  const { tell, link } = aWorker();
  await tell('user.registered');
  expect(link()).not.toHaveProperty('broughtBy');
});
