import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { createAdmitDeletion } from '../../../../lambdas/connectors/leaving/admit-deletion';
import { NOW } from '../../../helpers/events';
import { type StartedSystemTable, SYSTEM_TABLE, startSystemTable } from '../../../helpers/system-table';

const DAY = 24 * 60 * 60_000;
let table: StartedSystemTable;
beforeAll(async () => {
  table = await startSystemTable();
});
afterAll(() => table?.stop());

function aSystem(system: string, accounts = 3) {
  const clock = { now: NOW };
  const threshold = { system, accounts, windowMs: DAY };
  return { clock, admit: createAdmitDeletion(table.client, SYSTEM_TABLE, threshold, () => clock.now) };
}

const times = (count: number, admit: () => Promise<boolean>) =>
  Promise.all(Array.from({ length: count }, () => admit()));

test('as many as the threshold go, and not one more, however many ask at once', async () => {
  const { admit } = aSystem('crowd');
  const admitted = await times(10, admit);
  expect(admitted.filter((is) => is)).toHaveLength(3);
  expect(await admit()).toBe(false);
});

test('the next window begins anew', async () => {
  const { admit, clock } = aSystem('windows', 1);
  clock.now = Math.floor(NOW / DAY) * DAY;
  expect(await times(2, admit)).toEqual(expect.arrayContaining([true, false]));
  clock.now += DAY - 1;
  expect(await admit()).toBe(false);
  clock.now += 1;
  expect(await admit()).toBe(true);
  expect(await admit()).toBe(false);
});

test('one system does not use up what another may', async () => {
  const [one, other] = [aSystem('one', 1), aSystem('other', 1)];
  expect(await one.admit()).toBe(true);
  expect(await other.admit()).toBe(true);
});

test('what is counted goes by itself once its window cannot matter any more', async () => {
  await aSystem('kept').admit();
  const { Items = [] } = await table.client.send(new ScanCommand({ TableName: SYSTEM_TABLE }));
  const row = Items.find(({ system }) => system === 'kept');
  const window = Math.floor(NOW / DAY);
  expect(row).toEqual({
    ...{ system: 'kept', item: `deletions#${window}`, count: 1 },
    expiresAt: ((window + 2) * DAY) / 1000,
  });
});

test('fails, and admits nobody, when it cannot count', async () => {
  const threshold = { system: 'crm', accounts: 3, windowMs: DAY };
  await expect(createAdmitDeletion(table.client, 'no-such-table', threshold, () => NOW)()).rejects.toThrow();
});
