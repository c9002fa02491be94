import { choosing, handedOver, keeping, obstacleToHandOver } from '../../../lambdas/user-links/choose';
import type { UserLink } from '../../../lambdas/user-links/user-link';
import { NO_ADOPTION } from '../../helpers/adoption';
import { anEvent, NOW } from '../../helpers/events';
import { aLink } from '../../helpers/links';
import { aWorker, SECOND } from '../connectors/helpers/a-worker';

const HOLDING = { ...NO_ADOPTION, correlate: [{ attribute: 'email', from: 'email' }] };
const provisioned = { kind: 'provisioned' };

describe("a link that is held for an account that may be the user's", () => {
  async function held() {
    const worker = aWorker({ adoption: HOLDING });
    worker.remote.add('');
    await worker.tell('user.registered');
    expect(worker.link()).toMatchObject({ state: 'held', candidate: { accountId: 'acc-0' } });
    return worker;
  }

  test('goes on with the account that was chosen, at the next event', async () => {
    const { put, link, tell, clock, remote } = await held();
    put(choosing(link(), { accountId: 'acc-0', ownership: 'adopted' }, clock.now));
    expect(link()).toMatchObject({ state: 'pending', attempts: 0 });
    expect(link()).not.toHaveProperty('candidate');
    expect(link()).not.toHaveProperty('unsettled');
    expect(await tell('user.updated', {}, SECOND)).toEqual(provisioned);
    expect(remote.accounts()).toEqual(['acme/dev/auth0|1']);
    expect(link()).toMatchObject({ state: 'linked', accountId: 'acc-0', ownership: 'adopted' });
  });

  test('goes on with an account of their own, where that was chosen', async () => {
    const { put, link, tell, clock, remote } = await held();
    put(choosing(link(), 'new', clock.now));
    expect(await tell('user.updated', {}, SECOND)).toEqual(provisioned);
    expect(remote.accounts()).toEqual(['', 'acme/dev/auth0|1']);
    expect(link()).not.toHaveProperty('chosen');
  });

  test('waits for the end of a block', async () => {
    const { put, link, tell, clock, remote } = await held();
    await tell('user.blocked', {}, SECOND);
    put(choosing(link(), { accountId: 'acc-0', ownership: 'adopted' }, clock.now));
    expect(link()).toMatchObject({ state: 'skipped', code: 'disabled', blocked: true });
    expect(await tell('user.logged-in', {}, 2 * SECOND)).toMatchObject({ code: 'disabled' });
    expect(await tell('user.unblocked', {}, 3 * SECOND)).toEqual(provisioned);
    expect(remote.accounts()).toEqual(['acme/dev/auth0|1']);
    expect(link()).toMatchObject({ state: 'linked', ownership: 'adopted' });
  });

  test('whose user goes before that leaves the account alone', async () => {
    const { put, link, tell, clock, remote } = await held();
    put(choosing(link(), { accountId: 'acc-0', ownership: 'adopted' }, clock.now));
    await tell('user.deleted', {}, SECOND);
    expect(link()).toMatchObject({ state: 'deprovisioned' });
    expect(await tell('user.updated', {}, 2 * SECOND)).toMatchObject({ kind: 'skipped', code: 'deleted' });
    expect(remote.stored).toMatchObject([{ externalId: '', active: true }]);
  });
});

describe('the account of a user who became part of another one, and which is to stay', () => {
  const PRIMARY = 'auth0|2';
  const identities = [PRIMARY, 'auth0|1'];

  async function merged() {
    const worker = aWorker();
    const { tell } = worker;
    await tell('user.registered');
    await tell('user.deleted', {}, SECOND);
    await tell('user.updated', { user_id: PRIMARY, identities, blocked: true }, 2 * SECOND);
    expect(worker.link()).toMatchObject({ state: 'held', code: 'merge-pending', accountId: 'acc-0' });
    const keep = () => {
      const { link, put, clock } = worker;
      const [part, heir] = [link(), link(PRIMARY)];
      const obstacle = obstacleToHandOver(part, heir);
      if (obstacle === undefined) put(handedOver(part, heir, clock.now));
      put(keeping(part, clock.now));
      return obstacle;
    };
    return { ...worker, keep };
  }

  test('becomes that of the other, who has none, and nobody comes back to it', async () => {
    const { keep, tell, link, remote } = await merged();
    expect(keep()).toBeUndefined();
    expect(link()).toMatchObject({ state: 'deprovisioned', ended: 'deleted' });
    expect(link()).not.toHaveProperty('accountId');
    const change = { user_id: PRIMARY, identities, email: 'two@example.com', blocked: false };
    expect(await tell('user.updated', change, 3 * SECOND)).toEqual(provisioned);
    expect(remote.stored).toMatchObject([
      { accountId: 'acc-0', externalId: `acme/dev/${PRIMARY}`, shown: { email: 'two@example.com' } },
    ]);
    expect(link(PRIMARY)).toMatchObject({ state: 'linked', accountId: 'acc-0', ownership: 'created' });
    expect(await tell('user.logged-in', {}, 4 * SECOND)).toMatchObject({ code: 'deleted' });
    expect(remote.accounts()).toEqual([`acme/dev/${PRIMARY}`]);
  });

  test('becomes that of the other of whom nothing is known yet', async () => {
    const { keep, tell, remote, table } = await merged();
    table.rows.delete(`ref:${PRIMARY}/crm`);
    expect(keep()).toBeUndefined();
    expect(await tell('user.registered', { user_id: PRIMARY }, 3 * SECOND)).toEqual(provisioned);
    expect(remote.accounts()).toEqual([`acme/dev/${PRIMARY}`]);
  });

  test('stays as it is where the other has one of their own', async () => {
    const { keep, tell, link, remote } = await merged();
    await tell('user.unblocked', { user_id: PRIMARY, email: 'two@example.com' }, 3 * SECOND);
    expect(remote.accounts()).toEqual(['acme/dev/auth0|1', `acme/dev/${PRIMARY}`]);
    const before = remote.stored.slice();
    expect(keep()).toBe('has-account');
    expect(await tell('user.blocked', {}, 4 * SECOND)).toMatchObject({ code: 'deleted' });
    expect(await tell('user.logged-in', {}, 5 * SECOND)).toMatchObject({ code: 'deleted' });
    expect(remote.stored).toEqual(before);
    expect(link()).toMatchObject({ state: 'deprovisioned' });
  });

  test('is found again by a new life of its user, where it was not handed over', async () => {
    const { keep, run, tell, link, remote } = await merged();
    await tell('user.unblocked', { user_id: PRIMARY, email: 'two@example.com' }, 3 * SECOND);
    keep();
    const created_at = new Date(NOW + 4 * SECOND).toISOString();
    expect(await run({ event: anEvent({ user: { created_at } }) })).toEqual(provisioned);
    expect(link()).toMatchObject({ state: 'linked', accountId: 'acc-0', ownership: 'adopted' });
    expect(remote.stored).toHaveLength(2);
  });
});

test.each<[string, Partial<UserLink>, Partial<UserLink> | undefined, string | undefined]>([
  ['of which nobody knows which one it is', { accountId: undefined as never }, undefined, 'unknown'],
  ['for a user who is gone', {}, { ended: 'deleted' }, 'gone'],
  ['for one who has one', {}, { accountId: 'acc-1' }, 'has-account'],
  ['for one who may have one', {}, { creation: 'unknown' }, 'has-account'],
  ['for one of whom nothing is known', {}, undefined, undefined],
  ['for one who is held', {}, { state: 'held', code: 'conflict' }, undefined],
])('an account is handed over, or there is a reason why not: %s', (_, part, heir, obstacle) => {
  const link = aLink({ accountId: 'acc-0', ...part });
  expect(obstacleToHandOver(link, heir === undefined ? undefined : aLink(heir))).toBe(obstacle);
});
