import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LocalRun, startLocalRun, waitFor } from '../helpers/local-run';

const SYSTEMS = ['crm', 'profile', 'tickets', 'video'];
const [ada] = JSON.parse(readFileSync(join(__dirname, '../../examples/users.json'), 'utf8'));
const userId: string = ada.user.user_id;

let run: LocalRun;

beforeAll(async () => {
  run = await startLocalRun();
}, 90_000);
afterAll(() => run?.stop());

test('a registration becomes an account in every system and a link to each', async () => {
  expect(await run.emit(ada)).toEqual({ emitted: true, code: 'emitted' });
  const links = await waitFor('four links', async () => {
    const found = await run.links(userId);
    return found.length === 4 && found.every(({ state }) => state === 'linked') && found;
  });
  expect(links.map(({ system }) => system).toSorted()).toEqual(SYSTEMS);
  for (const { system, accountId } of links.filter((link) => ['crm', 'tickets'].includes(link.system))) {
    const accounts = await run.accounts(system);
    expect(accounts).toEqual([expect.objectContaining({ id: accountId, active: true })]);
  }
}, 30_000);
