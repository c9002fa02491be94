import { RetryableError } from '../../../../lambdas/connectors/connector';
import { sampleOf } from '../../../../lambdas/connectors/gate/sample-of';
import { createMapping } from '../../../../lambdas/connectors/intent/mapping';
import type { UserLink } from '../../../../lambdas/user-links/user-link';
import type { UserLinks } from '../../../../lambdas/user-links/user-link-repository';
import { anEvent } from '../../../helpers/events';
import { OPEN_GATE } from '../../../helpers/gate';
import { aLink } from '../../../helpers/links';
import { aWorker, GRACE, HOUR, LEAVE_AFTER, SECOND } from '../helpers/a-worker';

const MAPPING = createMapping([
  { to: 'email', from: ['email'] },
  { to: 'hrId', account: 'hr' },
]);
const { created_at } = anEvent().data.user;
const THERE = { system: 'hr', state: 'linked', accountId: 'hr-7', ownership: 'created' } as const;

/** A worker of `crm`, which comes after `hr`. */
function aWaitingWorker() {
  const says: string[] = [];
  const gate = {
    admit: async (userRef: string) => {
      const entry = await OPEN_GATE.admit(userRef);
      if (!entry.admitted) return entry;
      return { ...entry, settle: async (sample: { readonly says: string }) => void says.push(sample.says) };
    },
  };
  const worker = aWorker({ after: ['hr'], mapping: MAPPING, gate });
  const inHr = (fields: Partial<UserLink> = {}) => worker.put(aLink({ ...THERE, ...fields }));
  return { ...worker, inHr, says };
}

test('a system that needs an account elsewhere waits for it, and then has its id', async () => {
  const { tell, inHr, remote, link } = aWaitingWorker();
  expect(await tell('user.registered')).toMatchObject({ kind: 'retry', code: 'waiting-for-system' });
  expect(remote.calls).toEqual([]);
  inHr();
  expect(await tell('user.registered')).toEqual({ kind: 'provisioned' });
  expect(link()).toMatchObject({ state: 'linked', attempts: 2 });
  expect(remote.stored).toMatchObject([{ shown: { email: 'ada@example.com', hrId: 'hr-7' } }]);
});

test('who waits holds no lease, has made no account, and says nothing of the system', async () => {
  const { tell, link, says } = aWaitingWorker();
  await tell('user.registered');
  expect(link()).toMatchObject({ state: 'pending', code: 'waiting-for-system', attempts: 1 });
  expect([link().lease, link().creation, link().notBefore]).toEqual([undefined, undefined, undefined]);
  expect(new Set(says)).toEqual(new Set(['unclear']));
});

test('who waits in vain is given up with the budget, and the next event begins anew', async () => {
  const { tell, clock, link, inHr } = aWaitingWorker();
  for (let attempt = 0; attempt < 4; attempt += 1) {
    await tell('user.registered');
    clock.now += 7 * HOUR;
  }
  const detail = 'waiting-for-system';
  expect(await tell('user.registered')).toEqual({ kind: 'rejected', code: 'retries-exhausted', detail });
  expect(link()).toMatchObject({ state: 'failed', code: 'waiting-for-system' });
  inHr();
  expect(await tell('user.updated', {}, SECOND)).toEqual({ kind: 'provisioned' });
});

test.each<[string, Partial<UserLink>]>([
  ['is being made', { state: 'pending', accountId: undefined }],
  ['goes', { state: 'deprovisioning' }],
  ['is of an earlier life', { generation: '2020-01-01T00:00:00.000Z' }],
  ['is of a life that this event does not know of', { generation: '2029-01-01T00:00:00.000Z' }],
  ['is of somebody whom its scope leaves out', { outside: true }],
  ['is switched off for good', { state: 'disabled', ended: 'deleted' }],
] as [string, Partial<UserLink>][])('an account that %s is waited for', async (_, fields) => {
  const { tell, inHr } = aWaitingWorker();
  inHr({ ...(created_at !== undefined && { generation: created_at }), ...fields });
  expect(await tell('user.registered')).toMatchObject({ kind: 'retry', code: 'waiting-for-system' });
});

test('what is shown already costs one read, and none of the other system', async () => {
  const { tell, inHr, table } = aWaitingWorker();
  inHr();
  await tell('user.registered');
  Object.assign(table.state, { reads: 0, writes: 0 });
  expect(await tell('user.created')).toEqual({ kind: 'skipped', code: 'unchanged' });
  expect(table.state).toMatchObject({ reads: 1, writes: 0 });
});

test('a block and the way out wait for nobody', async () => {
  const { tell, inHr, table, remindAt, link } = aWaitingWorker();
  inHr();
  await tell('user.registered');
  table.rows.delete('ref:auth0|1/hr');
  expect(await tell('user.blocked', {}, SECOND)).toEqual({ kind: 'provisioned' });
  await tell('user.deleted', {}, 2 * SECOND);
  expect(await remindAt(LEAVE_AFTER)).toEqual({ kind: 'provisioned' });
  expect(await remindAt(LEAVE_AFTER + GRACE)).toEqual({ kind: 'provisioned' });
  expect(link().state).toBe('deprovisioned');
});

test('fails softly when the row of the other system cannot be read', async () => {
  const { links } = aWorker().table;
  const own: Pick<UserLinks, 'get'> = {
    get: async (userRef, system) => {
      if (system === 'hr') throw new Error('the table is unavailable');
      return links.get(userRef, system);
    },
  };
  const { tell } = aWorker({ after: ['hr'], mapping: MAPPING, links: { ...links, ...own } });
  expect(await tell('user.registered')).toMatchObject({ kind: 'retry', code: 'store-unavailable' });
  const row = await links.get('ref:auth0|1', 'crm');
  expect(row).toMatchObject({ state: 'pending', code: 'store-unavailable' });
  expect(row?.lease).toBeUndefined();
});

test('a system that is told learns the id of the account elsewhere as well', async () => {
  const orders: unknown[] = [];
  const connector = { deliver: async (order: unknown) => void orders.push(order) };
  const worker = aWorker({ after: ['hr'], mapping: MAPPING, connector });
  worker.put(aLink(THERE));
  await worker.tell('user.registered');
  const attributes = expect.arrayContaining([{ to: 'hrId', write: 'always', act: 'set', value: 'hr-7' }]);
  expect(orders).toMatchObject([{ wanted: 'present', request: { attributes } }]);
});

test('two systems that are waited for are both there before anything is made', async () => {
  const worker = aWorker({ after: ['hr', 'erp'] });
  worker.put(aLink(THERE));
  expect(await worker.tell('user.registered')).toMatchObject({ code: 'waiting-for-system' });
  worker.put(aLink({ ...THERE, system: 'erp', accountId: 'erp-1' }));
  expect(await worker.tell('user.registered')).toEqual({ kind: 'provisioned' });
});

test('waiting is nothing that the breaker counts', () => {
  expect(sampleOf(new RetryableError('waiting-for-system'))).toEqual({ says: 'unclear' });
});
