import { GetCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { createReservations } from '../../../../lambdas/connectors/accounts/reservations';
import { NOW } from '../../../helpers/events';
import { type StartedSystemTable, SYSTEM_TABLE, startSystemTable } from '../../../helpers/system-table';

let table: StartedSystemTable;
beforeAll(async () => {
  table = await startSystemTable();
});
afterAll(() => table?.stop());

let systems = 0;
function inASystem() {
  const system = `crm-${++systems}`;
  return createReservations(table.client, SYSTEM_TABLE, system, () => NOW);
}

describe('an account that somebody takes over', () => {
  test("is theirs, however often they take it, and nobody else's", async () => {
    const { take, holds } = inASystem();
    expect(await take('a1', 'ref-ada')).toBeUndefined();
    expect(await take('a1', 'ref-ada')).toBeUndefined();
    expect(await take('a1', 'ref-eve')).toBe('ref-ada');
    expect([await holds('a1', 'ref-ada'), await holds('a1', 'ref-eve')]).toEqual([true, false]);
  });

  test("is one user's when many take it at once", async () => {
    const { take } = inASystem();
    const users = Array.from({ length: 20 }, (_, user) => `ref-${user}`);
    const holders = await Promise.all(users.map((user) => take('a1', user)));
    expect(holders.filter((holder) => holder === undefined)).toHaveLength(1);
  });

  test('is the same id in another system, and another account', async () => {
    expect(await inASystem().take('a1', 'ref-ada')).toBeUndefined();
    expect(await inASystem().take('a1', 'ref-eve')).toBeUndefined();
  });

  test('goes from one user to another who names the one', async () => {
    const { take, holds } = inASystem();
    await take('a1', 'ref-ada');
    expect(await take('a1', 'ref-eve', 'ref-ada')).toBeUndefined();
    expect(await holds('a1', 'ref-ada')).toBe(false);
  });

  test('is free again once its holder gave it back, and by nobody else', async () => {
    const { take, giveBack, holds } = inASystem();
    await take('a1', 'ref-ada');
    await giveBack('a1', 'ref-eve');
    expect(await holds('a1', 'ref-ada')).toBe(true);
    await giveBack('a1', 'ref-ada');
    expect(await take('a1', 'ref-eve')).toBeUndefined();
    const { Items = [] } = await table.client.send(new ScanCommand({ TableName: SYSTEM_TABLE }));
    expect(Items.some(({ userRef, expiresAt }) => userRef === 'ref-eve' && expiresAt === undefined)).toBe(
      true,
    );
  });

  test("is not in the table by its name, which may be a person's", async () => {
    const system = `crm-${++systems}`;
    await createReservations(table.client, SYSTEM_TABLE, system, () => NOW).take(
      'ada@example.com',
      'ref-ada',
    );
    const { Items = [] } = await table.client.send(new ScanCommand({ TableName: SYSTEM_TABLE }));
    expect(JSON.stringify(Items)).not.toContain('ada@example.com');
    const item = Items.find((one) => one.system === system)?.item;
    expect(item).toMatch(/^account#[\w-]{43}$/);
    const { Item } = await table.client.send(
      new GetCommand({ TableName: SYSTEM_TABLE, Key: { system, item } }),
    );
    expect(Item).toEqual({ system, item, userRef: 'ref-ada' });
  });
});

test('fails with store-unavailable when the table does, and tells of no holder', async () => {
  const away = createReservations(table.client, 'no-such-table', 'crm', () => NOW);
  await expect(away.take('a1', 'ref-ada')).rejects.toMatchObject({ code: 'store-unavailable' });
  await expect(away.holds('a1', 'ref-ada')).rejects.toMatchObject({ code: 'store-unavailable' });
});
