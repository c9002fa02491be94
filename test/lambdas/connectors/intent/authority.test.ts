import { createMapping } from '../../../../lambdas/connectors/intent/mapping';
import type { MappingRule } from '../../../../lambdas/connectors/intent/mapping-rule';
import { aWorker, SECOND } from '../helpers/a-worker';

const EMAIL: MappingRule = { to: 'email', from: ['email'] };

/** A worker with a linked user, whose account has been forgotten to be looked at. */
async function linked(rules: readonly MappingRule[], fields: object) {
  const worker = aWorker({ mapping: createMapping([EMAIL, ...rules]) });
  await worker.tell('user.registered', fields);
  worker.remote.calls.length = 0;
  worker.table.state.reads = 0;
  worker.table.state.writes = 0;
  return worker;
}

const shown = ({ remote }: ReturnType<typeof aWorker>) => remote.stored[0]?.shown;
/** Somebody in the system writes what Auth0 does not know of. */
const meanwhile = ({ remote }: ReturnType<typeof aWorker>, fields: object) => {
  const [account] = remote.stored;
  if (account !== undefined) remote.stored[0] = { ...account, shown: { ...account.shown, ...fields } };
};

describe('an attribute that Auth0 has the say over', () => {
  const rules = [{ to: 'title', from: ['job'] }];

  test('is set, changed and cleared, and is left alone by who does not speak of it', async () => {
    const worker = await linked(rules, { job: 'Analyst' });
    expect(shown(worker)).toMatchObject({ title: 'Analyst' });
    await worker.tell('user.updated', { job: 'Countess' }, SECOND);
    expect(shown(worker)).toMatchObject({ title: 'Countess' });
    await worker.tell('user.updated', { email: 'new@example.com' }, 2 * SECOND);
    expect(shown(worker)).toEqual({ email: 'new@example.com', title: 'Countess' });
    await worker.tell('user.updated', { job: null }, 3 * SECOND);
    expect(shown(worker)).toEqual({ email: 'ada@example.com' });
  });

  test('is cleared although an event in between did not speak of it', async () => {
    const worker = await linked(rules, { job: 'Analyst' });
    expect(await worker.tell('user.logged-in', {}, SECOND)).toEqual({ kind: 'provisioned' });
    expect(await worker.tell('user.updated', { job: null }, 2 * SECOND)).toEqual({ kind: 'provisioned' });
    expect(shown(worker)).toEqual({ email: 'ada@example.com' });
  });

  test('is known to be empty in an account that was made without it, which costs no call', async () => {
    const worker = await linked(rules, {});
    const unchanged = { kind: 'skipped', code: 'unchanged' };
    expect(await worker.tell('user.created', { job: null })).toEqual(unchanged);
    expect(await worker.tell('user.registered')).toEqual(unchanged);
    expect(worker.remote.calls).toEqual([]);
    expect(worker.table.state).toMatchObject({ reads: 2, writes: 0 });
  });

  test('is never won by an older event', async () => {
    const worker = await linked(rules, { job: 'Analyst' });
    await worker.tell('user.updated', { job: null }, 2 * SECOND);
    expect(await worker.tell('user.updated', { job: 'Clerk' }, SECOND)).toMatchObject({ code: 'stale' });
    expect(shown(worker)).toEqual({ email: 'ada@example.com' });
  });
});

describe('an attribute that the system has the say over once the account is made', () => {
  const rules = [{ to: 'title', from: ['job'], write: 'onCreate' as const }];

  test('is set in a new account, and a change of it alone costs no call', async () => {
    const worker = await linked(rules, { job: 'Analyst' });
    expect(shown(worker)).toMatchObject({ title: 'Analyst' });
    expect(await worker.tell('user.updated', { job: 'Countess' }, SECOND)).toMatchObject({
      code: 'unchanged',
    });
    expect(worker.remote.calls).toEqual([]);
  });

  test('is overwritten, filled and cleared by nothing that comes after', async () => {
    const worker = await linked(rules, { job: 'Analyst' });
    meanwhile(worker, { title: 'Chosen there' });
    await worker.tell('user.updated', { job: 'Countess', email: 'new@example.com' }, SECOND);
    expect(shown(worker)).toEqual({ email: 'new@example.com', title: 'Chosen there' });
    meanwhile(worker, { title: undefined });
    await worker.tell('user.updated', { job: null }, 2 * SECOND);
    expect(shown(worker)).toEqual({ email: 'ada@example.com' });
  });

  test('is set in an account that is made again', async () => {
    const worker = await linked(rules, { job: 'Analyst' });
    worker.remote.stored.length = 0;
    await worker.tell('user.updated', { job: 'Countess', email: 'new@example.com' }, SECOND);
    expect(shown(worker)).toEqual({ email: 'new@example.com', title: 'Countess' });
  });
});

describe('an attribute that Auth0 fills only where there is nothing', () => {
  const rules = [{ to: 'title', from: ['job'], write: 'ifEmpty' as const }];

  test('is filled, and then the system has the say', async () => {
    const worker = await linked(rules, {});
    await worker.tell('user.updated', { job: 'Analyst' }, SECOND);
    expect(shown(worker)).toMatchObject({ title: 'Analyst' });
    await worker.tell('user.updated', { job: 'Countess' }, 2 * SECOND);
    expect(shown(worker)).toMatchObject({ title: 'Analyst' });
    await worker.tell('user.updated', { job: null }, 3 * SECOND);
    expect(shown(worker)).toMatchObject({ title: 'Analyst' });
  });
});

test('a changed configuration makes the next event work again, and the one after it does not', async () => {
  const worker = await linked([], {});
  const remapped = aWorker({
    mapping: createMapping([EMAIL, { to: 'title', otherwise: 'customer' }]),
    links: worker.table.links,
    connector: worker.remote.connector,
  });
  expect(await remapped.tell('user.updated', {}, SECOND)).toEqual({ kind: 'provisioned' });
  expect(shown(worker)).toEqual({ email: 'ada@example.com', title: 'customer' });
  expect(await remapped.tell('user.updated', {}, 2 * SECOND)).toMatchObject({ code: 'unchanged' });
});

describe('a value that the system cannot have', () => {
  const rules = [{ to: 'title', from: ['job'], text: true as const }];
  const refused = { kind: 'rejected', code: 'invalid-value', detail: 'title: not a text' };

  test('ends in its own code, on the link too, and asks the system nothing', async () => {
    const worker = aWorker({ mapping: createMapping([EMAIL, ...rules]) });
    expect(await worker.tell('user.registered', { job: ['a'] })).toEqual(refused);
    expect(worker.link()).toMatchObject({ state: 'rejected', code: 'invalid-value' });
    expect(worker.remote.calls).toEqual([]);
    expect(await worker.tell('user.updated', { job: 'Analyst' }, SECOND)).toEqual({ kind: 'provisioned' });
    expect(shown(worker)).toMatchObject({ title: 'Analyst' });
  });

  test('keeps nobody from being switched off', async () => {
    const worker = await linked(rules, {});
    await worker.tell('user.blocked', { job: ['a'] }, SECOND);
    expect(worker.link()).toMatchObject({ state: 'disabled' });
  });
});
