import type { FunctionState } from '../../local/functions/functions';
import { type LocalRun, startLocalRun, waitFor } from '../helpers/local-run';
import { aRegistration, createUserIds, postSigned } from '../helpers/signed-post';

const userId = createUserIds('census');
let run: LocalRun;

// The census is taken every five minutes, which are five seconds here.
beforeAll(async () => {
  run = await startLocalRun({ timeScale: 60 });
}, 90_000);
afterAll(() => run?.stop());

interface Gauges {
  readonly System: string;
  readonly LinksHeld: number;
  readonly LinksRetrying?: number;
  readonly LinksRejected?: number;
}

/** What the census wrote of each system last. */
async function lastCensus(): Promise<Record<string, Gauges>> {
  const lines = Object.values(await run.logs())
    .flat()
    .filter((line) => line.includes('"LinksHeld"'));
  return Object.fromEntries(lines.map((line) => [JSON.parse(line).System, JSON.parse(line)]));
}

const census = (what: string, isSo: (last: Record<string, Gauges>) => boolean) =>
  waitFor(
    what,
    async () => {
      const last = await lastCensus();
      return isSo(last) && last;
    },
    30_000,
  );

const register = async (user: string) =>
  expect((await postSigned(run, await aRegistration(run, user))).status).toBe(202);

test('counts the links that are held and that wait, system by system, and sees them heal', async () => {
  await census('a census of nothing', (last) => Object.keys(last).length === 5);
  expect(Object.values(await lastCensus())).toEqual(
    ['profile', 'video', 'crm', 'auth0', 'tickets'].map((System) =>
      expect.objectContaining({ System, LinksHeld: 0 }),
    ),
  );
  await run.control('POST', '/remotes/crm/down');
  const conflict = {
    remote: 'tickets',
    operation: 'POST /Users',
    when: 'before',
    effect: 'error',
    status: 409,
  };
  await run.control('POST', '/faults', { ...conflict, times: 1 });
  for (const user of [userId(), userId()]) await register(user);
  await census(
    'one held in tickets, two waiting in crm',
    ({ tickets, crm }) => tickets?.LinksHeld === 1 && crm?.LinksRetrying === 2,
  );
  await run.control('POST', '/remotes/crm/up');
  const healed = await census('crm healed', ({ crm }) => crm?.LinksRetrying === undefined);
  expect(healed).toMatchObject({
    profile: { LinksHeld: 0 },
    tickets: { LinksHeld: 1 },
  });
}, 120_000);

test('a census that dies is told as an error, and the next one is taken all the same', async () => {
  const state = async () => {
    const { functions } = await run.control<{ functions: FunctionState[] }>('GET', '/');
    return functions.find(({ name }) => name.startsWith('LinkCensus')) as FunctionState;
  };
  const { name } = await state();
  const fault = { service: 'dynamodb', operation: 'Query', when: 'before', effect: 'error', status: 500 };
  await run.control('POST', '/faults', { ...fault, caller: name });
  await waitFor('an error', async () => (await state()).errors > 0, 30_000);
  await run.control('DELETE', '/faults');
  const { invocations, errors } = await state();
  // One that began with the fault may still end with it.
  await waitFor(
    'a census that is well',
    async () => {
      const later = await state();
      return later.invocations - later.errors > invocations - errors + 1;
    },
    30_000,
  );
}, 90_000);
