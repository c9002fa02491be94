import { RetryableError } from '../../../lambdas/connectors/connector';
import { NOW } from '../../helpers/events';
import { aWorker, failing, LEASE, SECOND, SETTLE } from './helpers/a-worker';

async function linked() {
  const worker = aWorker();
  await worker.tell('user.registered');
  worker.remote.calls.length = 0;
  worker.table.state.reads = 0;
  worker.table.state.writes = 0;
  return worker;
}

const NEW = { email: 'ada@lovelace.example' };

describe('a change of the profile', () => {
  test('changes the account that is there, and makes no second one', async () => {
    const { tell, remote, link } = await linked();
    expect(await tell('user.updated', NEW, SECOND)).toEqual({ kind: 'provisioned' });
    expect(remote.stored.slice(0)).toMatchObject([{ accountId: 'acc-0', shown: NEW }]);
    expect(link()).toMatchObject({ state: 'linked', accountId: 'acc-0', ownership: 'created' });
    expect(remote.calls).toEqual(['read', 'change']);
  });

  test('that the account shows already costs one read of the table, and no call', async () => {
    const { tell, remote, table } = await linked();
    expect(await tell('user.logged-in', {}, SECOND)).toEqual({ kind: 'skipped', code: 'unchanged' });
    expect(remote.calls).toEqual([]);
    expect(table.state).toMatchObject({ reads: 1, writes: 0 });
  });

  test('that comes late is stale', async () => {
    const { tell, remote } = await linked();
    await tell('user.updated', NEW, 2 * SECOND);
    expect(await tell('user.updated', { email: 'old@example.com' }, SECOND)).toEqual({
      kind: 'skipped',
      code: 'stale',
    });
    expect(remote.stored).toMatchObject([{ shown: NEW }]);
  });

  test('there and back leaves a late one in between stale too', async () => {
    const { tell, remote } = await linked();
    expect(await tell('user.updated', {}, 2 * SECOND)).toEqual({ kind: 'skipped', code: 'unchanged' });
    expect(await tell('user.updated', NEW, SECOND)).toEqual({ kind: 'skipped', code: 'stale' });
    expect(remote.stored).toMatchObject([{ shown: { email: 'ada@example.com' } }]);
  });

  test('told late is stale also where the end of a block had nothing to change', async () => {
    const { tell, remote, link, put } = await linked();
    put({ ...link(), blocked: false, blockedAt: NOW + 3 * SECOND });
    expect(await tell('user.unblocked', {}, 3 * SECOND)).toEqual({ kind: 'skipped', code: 'unchanged' });
    expect(await tell('user.logged-in', NEW, 2 * SECOND)).toEqual({ kind: 'skipped', code: 'stale' });
    expect(remote.stored).toMatchObject([{ shown: { email: 'ada@example.com' } }]);
  });

  test('of somebody whom nobody told of makes the account', async () => {
    const { tell, remote } = aWorker();
    expect(await tell('user.updated', NEW)).toEqual({ kind: 'provisioned' });
    expect(remote.stored).toMatchObject([{ shown: NEW }]);
  });

  test('is not needed: somebody whom an administrator made, and who never signed up, has an account', async () => {
    const { tell, remote, link } = aWorker();
    expect(await tell('user.created')).toEqual({ kind: 'provisioned' });
    expect(remote.accounts()).toEqual(['acme/dev/auth0|1']);
    expect(link()).toMatchObject({ state: 'linked', ownership: 'created' });
  });

  test('is told again when nobody knows whether it took effect, and is not taken for done meanwhile', async () => {
    const { tell, remote, clock, link } = await linked();
    remote.after.change = failing(new RetryableError('remote-timeout'));
    expect(await tell('user.updated', NEW, SECOND)).toMatchObject({ kind: 'retry', code: 'remote-timeout' });
    expect(link()).toMatchObject({ state: 'linked', code: 'remote-timeout' });
    remote.after.change = undefined;
    expect(await tell('user.logged-in', {}, 2 * SECOND)).toMatchObject({ code: 'settling' });
    clock.now += SETTLE;
    // The old address again, newer: what the system shows is not known, so that it must be written.
    expect(await tell('user.logged-in', {}, 2 * SECOND)).toEqual({ kind: 'provisioned' });
    expect(remote.stored).toMatchObject([{ shown: { email: 'ada@example.com' } }]);
  });

  test('that died halfway is not taken for undone: what was there before it is written again', async () => {
    const { tell, remote, clock } = await linked();
    remote.after.change = () => new Promise(() => {});
    void tell('user.updated', NEW, SECOND);
    await new Promise((resolve) => setImmediate(resolve));
    expect(remote.stored).toMatchObject([{ shown: NEW }]);
    remote.after.change = undefined;
    clock.now += LEASE + SETTLE;
    expect(await tell('user.updated', {}, 2 * SECOND)).toEqual({ kind: 'provisioned' });
    expect(remote.stored).toMatchObject([{ shown: { email: 'ada@example.com' } }]);
  });

  test('after one that died halfway, and whose look-up fails, is written all the same', async () => {
    const { tell, remote, clock } = await linked();
    remote.after.change = () => new Promise(() => {});
    void tell('user.updated', NEW, SECOND);
    await new Promise((resolve) => setImmediate(resolve));
    remote.after.change = () => new Promise(() => {});
    clock.now += LEASE + SETTLE;
    remote.faults.read = () => new Promise(() => {});
    void tell('user.updated', {}, 2 * SECOND);
    await new Promise((resolve) => setImmediate(resolve));
    remote.faults.read = undefined;
    remote.after.change = undefined;
    clock.now += LEASE + SETTLE;
    expect(await tell('user.updated', {}, 3 * SECOND)).toEqual({ kind: 'provisioned' });
    expect(remote.stored).toMatchObject([{ shown: { email: 'ada@example.com' } }]);
  });

  test('makes the account again that somebody removed in the system', async () => {
    const { tell, remote, link } = await linked();
    remote.stored.length = 0;
    expect(await tell('user.updated', NEW, SECOND)).toEqual({ kind: 'provisioned' });
    expect(remote.stored).toMatchObject([{ accountId: 'acc-1', shown: NEW }]);
    expect(link().accountId).toBe('acc-1');
  });

  test('finds the account that somebody made anew in the system, and makes no second one', async () => {
    const { tell, remote, link } = await linked();
    remote.stored.length = 0;
    remote.add('acme/dev/auth0|1');
    expect(await tell('user.updated', NEW, SECOND)).toEqual({ kind: 'provisioned' });
    expect(remote.stored).toMatchObject([{ accountId: 'acc-1', shown: NEW }]);
    expect(link().accountId).toBe('acc-1');
  });

  test('of an account that goes while it is looked at begins again', async () => {
    const { tell, remote, link } = await linked();
    const { change } = remote.connector;
    remote.connector.change = async () => 'gone';
    expect(await tell('user.updated', NEW, SECOND)).toMatchObject({
      kind: 'retry',
      code: 'remote-unavailable',
    });
    remote.connector.change = change;
    remote.stored.length = 0;
    expect(await tell('user.updated', NEW, SECOND)).toEqual({ kind: 'provisioned' });
    expect(remote.stored).toMatchObject([{ accountId: 'acc-1', shown: NEW }]);
    expect(link().accountId).toBe('acc-1');
  });

  test('of an account that carries another externalId now holds the link and touches nothing', async () => {
    const { tell, remote } = await linked();
    const [account] = remote.stored;
    remote.stored.splice(0, 1, { ...account, externalId: 'somebody-else' } as never);
    const before = structuredClone(remote.stored);
    expect(await tell('user.updated', NEW, SECOND)).toEqual({ kind: 'skipped', code: 'conflict' });
    expect(remote.stored).toEqual(before);
  });

  test('to what another account has holds the link', async () => {
    const { tell, remote, link } = await linked();
    remote.connector.change = async () => 'exists';
    expect(await tell('user.updated', NEW, SECOND)).toEqual({ kind: 'skipped', code: 'conflict' });
    expect(link()).toMatchObject({ state: 'held', code: 'conflict', accountId: 'acc-0' });
  });

  test('held for a conflict goes on where it was once an operator releases it', async () => {
    const { tell, remote, link, put } = await linked();
    const { change } = remote.connector;
    remote.connector.change = async () => 'exists';
    await tell('user.updated', NEW, SECOND);
    expect(await tell('user.updated', NEW, 2 * SECOND)).toEqual({ kind: 'skipped', code: 'held' });
    remote.connector.change = change;
    // What docs/runbook.md has the operator write.
    put({ ...link(), state: 'pending' });
    expect(await tell('user.registered', NEW, 3 * SECOND)).toEqual({ kind: 'provisioned' });
    expect(link()).toMatchObject({ state: 'linked', accountId: 'acc-0', ownership: 'created' });
    expect(remote.stored).toMatchObject([{ shown: NEW }]);
    expect(link()).not.toHaveProperty('unsettled');
  });

  test('is not told by who does not know the whole profile', async () => {
    const { tell, remote } = await linked();
    expect(await tell('user.provision-requested', NEW, SECOND)).toEqual({
      kind: 'skipped',
      code: 'already-linked',
    });
    expect(remote.calls).toEqual([]);
  });
});
