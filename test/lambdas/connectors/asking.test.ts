import type { ProvisionAt } from '../../../lambdas/connectors/asking';
import { RetryableError } from '../../../lambdas/connectors/connector';
import { createScope } from '../../../lambdas/connectors/intent/scope';
import { NO_ADOPTION } from '../../helpers/adoption';
import { anEvent, NOW } from '../../helpers/events';
import { aWorker, failing, LEAVE_AFTER, MINUTE, SECOND } from './helpers/a-worker';

const PROVISIONED = { kind: 'provisioned' };
const skippedBy = (code: string) => ({ kind: 'skipped', code });
const NOT_YET = skippedBy('not-asked-yet');
const at = (provisionAt: ProvisionAt, settings: Parameters<typeof aWorker>[0] = {}) =>
  aWorker({ provisionAt, ...settings });
const NEW = { email: 'new@example.com' };

/** Signed up again after the first life. */
const again = { created_at: new Date(NOW + 60 * MINUTE).toISOString() };

describe.each(['login', 'use'] as const)('a system with provisionAt %s', (provisionAt) => {
  test('makes no account for who registers, and says so in a row that is written once', async () => {
    const { tell, link, table, remote } = at(provisionAt);
    expect(await tell('user.registered')).toEqual(NOT_YET);
    expect(await tell('user.created')).toEqual(NOT_YET);
    expect(await tell('user.registered')).toEqual(NOT_YET);
    expect(link()).toMatchObject({ state: 'skipped', code: 'not-asked-yet' });
    for (const field of ['lease', 'asked', 'accountId', 'unsettled'])
      expect(link()).not.toHaveProperty(field);
    expect(table.state).toMatchObject({ writes: 1 });
    expect(remote.calls).toEqual([]);
  });

  test('makes one for who is asked for, with the registration or without', async () => {
    for (const isRegistered of [true, false]) {
      const { tell, link } = at(provisionAt);
      if (isRegistered) await tell('user.registered');
      expect(await tell('user.provision-requested', {}, SECOND)).toEqual(PROVISIONED);
      expect(link()).toMatchObject({ state: 'linked', accountId: 'acc-0', asked: true });
    }
  });

  test('changes the account by what is told afterwards, and never by what is older', async () => {
    const { tell, remote } = at(provisionAt);
    await tell('user.provision-requested');
    expect(await tell('user.updated', NEW, 2 * SECOND)).toEqual(PROVISIONED);
    expect(await tell('user.registered')).toEqual(skippedBy('stale'));
    expect(remote.stored).toMatchObject([{ shown: NEW }]);
  });

  test('lets the next change of the profile mend what was asked for before the last one', async () => {
    const { tell, link, remote } = at(provisionAt);
    await tell('user.updated', NEW, 2 * SECOND);
    const ask = provisionAt === 'login' ? 'user.logged-in' : 'user.provision-requested';
    expect(await tell(ask)).toEqual(PROVISIONED);
    expect(link()).not.toHaveProperty('version');
    expect(await tell('user.updated', NEW, 2 * SECOND)).toEqual(PROVISIONED);
    expect(remote.stored).toMatchObject([{ shown: NEW }]);
  });

  test('notes a block and its end, and makes no account by either', async () => {
    const { tell, link, remote } = at(provisionAt);
    expect(await tell('user.blocked', {}, SECOND)).toEqual(skippedBy('disabled'));
    expect(await tell('user.unblocked', {}, 2 * SECOND)).toEqual(NOT_YET);
    expect(link()).toMatchObject({ code: 'not-asked-yet', blocked: false, blockedAt: NOW + 2 * SECOND });
    expect(await tell('user.blocked', {}, SECOND)).toEqual(skippedBy('stale'));
    expect(await tell('user.updated', { blocked: false }, 3 * SECOND)).toEqual(NOT_YET);
    expect(remote.calls).toEqual([]);
  });

  test('makes the account of who asked during a block when the block ends', async () => {
    const { tell, link, table, remote } = at(provisionAt);
    await tell('user.registered');
    await tell('user.blocked', {}, SECOND);
    const { writes } = table.state;
    for (const _ of [1, 2]) expect(await tell('user.provision-requested')).toEqual(skippedBy('disabled'));
    expect(table.state.writes).toBe(writes + 1);
    expect(remote.stored).toEqual([]);
    expect(await tell('user.unblocked', {}, 2 * SECOND)).toEqual(PROVISIONED);
    expect(link()).toMatchObject({ state: 'linked', asked: true });
  });

  test('lets go of who is deleted without a call, and is not asked by that life any more', async () => {
    const { tell, link, remote } = at(provisionAt);
    await tell('user.registered');
    expect(await tell('user.deleted', {}, SECOND)).toEqual(skippedBy('deleted'));
    expect(link()).toMatchObject({ state: 'deprovisioned', code: 'deleted' });
    expect(await tell('user.provision-requested', {}, 2 * SECOND)).toEqual(skippedBy('deleted'));
    expect(remote.calls).toEqual([]);
  });

  test('has nothing to hold where who was never asked for becomes part of another user', async () => {
    const { tell, link, remote } = at(provisionAt);
    await tell('user.registered');
    const identities = ['auth0|2', 'auth0|1'];
    await tell('user.updated', { user_id: 'auth0|2', identities }, SECOND);
    expect(await tell('user.deleted', {}, SECOND)).toEqual(skippedBy('deleted'));
    expect(link()).toMatchObject({ state: 'deprovisioned', code: 'deleted' });
    expect(link('auth0|2')).toMatchObject({ code: 'not-asked-yet' });
    expect(remote.calls).toEqual([]);
  });

  test('makes an account chosen by an operator the one of who was never asked for', async () => {
    const { tell, link, remote } = at(provisionAt);
    const { accountId } = remote.add('', { email: 'ada@example.com' });
    await tell('user.registered');
    Object.assign(link(), { state: 'pending', chosen: { accountId, ownership: 'adopted' } });
    expect(await tell('user.updated', NEW, SECOND)).toEqual(PROVISIONED);
    expect(link()).toMatchObject({ state: 'linked', accountId });
  });

  test('erases who was never asked for as it does everybody', async () => {
    const { tell, link, remote } = at(provisionAt);
    await tell('user.registered');
    expect(await tell('user.erase-requested', {}, SECOND)).toEqual(PROVISIONED);
    expect(link()).toMatchObject({ ended: 'erased' });
    expect(remote.stored).toEqual([]);
  });

  test('asks anew in a new life', async () => {
    const { tell, link, clock } = at(provisionAt);
    await tell('user.provision-requested');
    await tell('user.deleted', {}, SECOND);
    clock.now = NOW + 90 * MINUTE;
    // Nothing of the first life is left by then.
    Object.assign(link(), { state: 'deprovisioned', ended: 'deleted', accountId: undefined });
    expect(await tell('user.registered', again, 60 * MINUTE)).toEqual(NOT_YET);
    expect(link()).not.toHaveProperty('asked');
    expect(link().generation).toBe(again.created_at);
    expect(await tell('user.provision-requested', again, 60 * MINUTE)).toEqual(PROVISIONED);
  });

  test('gives a new life the account that the earlier one left, and makes none if that is gone', async () => {
    for (const isThere of [true, false]) {
      const { tell, link, remote, remindAt } = at(provisionAt);
      await tell('user.provision-requested');
      await tell('user.deleted', {}, SECOND);
      await remindAt(LEAVE_AFTER + SECOND);
      if (!isThere) remote.stored.length = 0;
      expect(await tell('user.registered', again, 60 * MINUTE)).toEqual(isThere ? PROVISIONED : NOT_YET);
      expect(link()).toMatchObject(
        isThere ? { state: 'linked' } : { state: 'skipped', code: 'not-asked-yet' },
      );
      expect(remote.stored).toMatchObject(isThere ? [{ active: true }] : []);
      if (isThere) continue;
      for (const field of ['accountId', 'lease', 'next', 'due']) expect(link()).not.toHaveProperty(field);
      expect(await tell('user.updated', again, 61 * MINUTE)).toEqual(NOT_YET);
      expect(remote.stored).toEqual([]);
    }
  });

  test('goes on with an account that was asked for, whatever event comes next', async () => {
    const { tell, link, remote, clock } = at(provisionAt);
    const create = remote.connector.create;
    remote.connector.create = failing(new RetryableError('remote-unavailable'));
    expect(await tell('user.provision-requested')).toMatchObject({ kind: 'retry' });
    remote.connector.create = create;
    clock.now = NOW + MINUTE;
    expect(await tell('user.updated', NEW, SECOND)).toEqual(PROVISIONED);
    expect(link()).toMatchObject({ state: 'linked', version: NOW + SECOND });
  });

  test('costs two writes for who was asked for at once', async () => {
    const { tell, table } = at(provisionAt);
    await tell('user.provision-requested');
    expect(table.state).toMatchObject({ reads: 1, writes: 2 });
    expect(JSON.stringify(table.only()).length).toBeLessThan(1024);
  });

  test('changes the account of who had one before the setting, and notes once that they asked', async () => {
    const { tell, table, remote } = at('registration');
    await tell('user.registered');
    const late = at(provisionAt, { links: table.links, connector: remote.connector });
    expect(await late.tell('user.updated', NEW, SECOND)).toEqual(PROVISIONED);
    expect(remote.stored).toMatchObject([{ shown: NEW }]);
    const { writes } = table.state;
    for (const _ of [1, 2]) {
      expect(await late.tell('user.provision-requested')).toEqual(skippedBy('already-linked'));
    }
    expect(table.state.writes).toBe(writes + 1);
  });
});

test('a login asks for an account at login, and not where only a request does', async () => {
  const login = at('login');
  await login.tell('user.registered');
  expect(await login.tell('user.logged-in', {}, SECOND)).toEqual(PROVISIONED);
  expect(await login.tell('user.updated', {}, SECOND)).toEqual(skippedBy('unchanged'));
  const use = at('use');
  await use.tell('user.registered');
  expect(await use.tell('user.logged-in', {}, SECOND)).toEqual(NOT_YET);
  expect(use.table.state.writes).toBe(1);
});

test('an unsigned call asks for nothing but a registration', async () => {
  const { run, remote } = at('login');
  expect(await run({ unsigned: true, route: 'store' })).toEqual(NOT_YET);
  expect(remote.calls).toEqual([]);
});

test.each([
  ['nobody gets, who changed their profile since,', 2 * SECOND, { state: 'held', code: 'conflict' }],
  ['they get, whose last change was before,', -2 * SECOND, { state: 'linked', ownership: 'adopted' }],
])('by a login %s the account that has its address', async (_which, after, link) => {
  const correlate = [{ attribute: 'email', from: 'email' }];
  const worker = at('login', { adoption: { ...NO_ADOPTION, adopt: true, correlate } });
  worker.remote.add('', { email: 'ada@example.com' });
  await worker.tell('user.updated', NEW, after);
  const user = { email_verified: true, updated_at: new Date(NOW).toISOString() };
  const connection = { name: 'db', strategy: 'auth0' };
  await worker.run({ event: anEvent({ type: 'user.logged-in', user, connection }) });
  expect(worker.link()).toMatchObject(link);
});

describe('a system with a scope as well', () => {
  const scope = createScope({ where: [{ of: 'plan', oneOf: ['gold'] }] });
  const IN = { plan: 'gold' };
  const OUT = { plan: 'tin' };

  test('says which of both is missing', async () => {
    const { tell, link, remote } = at('login', { scope });
    expect(await tell('user.registered')).toEqual(skippedBy('scope-unknown'));
    expect(await tell('user.updated', OUT, SECOND)).toEqual(skippedBy('out-of-scope'));
    expect(await tell('user.updated', IN, 2 * SECOND)).toEqual(NOT_YET);
    expect(link()).toMatchObject({ code: 'not-asked-yet', scopedAt: NOW + 2 * SECOND });
    expect(link()).not.toHaveProperty('outside');
    expect(await tell('user.updated', OUT, 3 * SECOND)).toEqual(skippedBy('out-of-scope'));
    expect(remote.calls).toEqual([]);
  });

  test('remembers that somebody outside asked', async () => {
    const { tell, link, table } = at('login', { scope });
    await tell('user.registered', OUT);
    const { writes } = table.state;
    for (const _ of [1, 2])
      expect(await tell('user.logged-in', OUT, SECOND)).toEqual(skippedBy('out-of-scope'));
    expect(table.state.writes).toBe(writes + 1);
    expect(await tell('user.updated', IN, 2 * SECOND)).toEqual(PROVISIONED);
    expect(link()).toMatchObject({ state: 'linked' });
  });

  test('takes a request that does not say it for who is known to be inside', async () => {
    const { tell } = at('use', { scope });
    await tell('user.created', IN);
    expect(await tell('user.provision-requested', {}, SECOND)).toEqual(PROVISIONED);
  });
});
