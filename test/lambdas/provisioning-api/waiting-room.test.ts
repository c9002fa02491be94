import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import {
  createWaitingRoom,
  type Places,
  type WaitingRoom,
} from '../../../lambdas/provisioning-api/waiting-room';
import { createSharedItem } from '../../../lambdas/system-items/shared-item';
import { type Dynalite, startDynalite } from '../../helpers/dynalite';
import { NOW } from '../../helpers/events';

const TableName = 'items';
let dynalite: Dynalite;
let client: DynamoDBDocumentClient;

beforeAll(async () => {
  dynalite = await startDynalite();
  client = DynamoDBDocumentClient.from(dynalite.client);
  await dynalite.makeTable(TableName, { system: 'S', item: 'S' });
});
afterAll(() => dynalite?.stop());

let tokens = 0;
/** Each is the room as one instance of the function knows it. */
function aRoom(
  name: string,
  { most = 2, mostEach = 9, now = () => NOW, table = TableName } = {},
): { enter: (userRef?: string) => ReturnType<WaitingRoom['enter']> } {
  const item = createSharedItem<Places>(client, table, { system: 'api', item: name });
  tokens += 1;
  const own = tokens;
  let count = 0;
  const newToken = () => `${own}-${count++}`;
  const room = createWaitingRoom({ item, most, mostEach, leaseMs: 30_000, newToken, now });
  return { enter: (userRef = 'ref-1') => room.enter(userRef) };
}

test('lets in as many as there are places, over all instances, and the next one once somebody left', async () => {
  const rooms = [aRoom('counted'), aRoom('counted'), aRoom('counted')];
  const [one, two, three] = [await rooms[0]?.enter(), await rooms[1]?.enter(), await rooms[2]?.enter()];
  expect([typeof one, typeof two, typeof three]).toEqual(['function', 'function', 'undefined']);
  await one?.();
  expect(await rooms[2]?.enter()).toBeDefined();
  expect(await rooms[0]?.enter()).toBeUndefined();
});

test('lets in no more when many come at the same moment', async () => {
  const entered = await Promise.all(Array.from({ length: 12 }, () => aRoom('crowd', { most: 3 }).enter()));
  const inside = entered.filter((leave) => leave !== undefined);
  expect(inside.length).toBeGreaterThan(0);
  expect(inside.length).toBeLessThanOrEqual(3);
  await Promise.all(inside.map((leave) => leave()));
});

test('gives the place of who died back once their time is over', async () => {
  const clock = { now: NOW };
  const now = () => clock.now;
  const enter = () => aRoom('died', { most: 1, now }).enter();
  expect(await enter()).toBeDefined();
  clock.now += 29_999;
  expect(await enter()).toBeUndefined();
  clock.now += 1;
  expect(await enter()).toBeDefined();
});

test('lets nobody wait while it cannot be read, and fails for nobody', async () => {
  expect(await aRoom('x', { table: 'no-such-table' }).enter()).toBeUndefined();
});

test('gives a place back however many come and go at that moment', async () => {
  let places: Places = {};
  let losses = 0;
  const room = createWaitingRoom({
    item: {
      read: async () => ({ value: places, revision: 1 }),
      write: async (value) => {
        if (losses > 0) {
          losses -= 1;
          return false;
        }
        places = value;
        return true;
      },
    },
    ...{ most: 1, mostEach: 1, leaseMs: 30_000, newToken: () => 'token', now: () => NOW },
  });
  const leave = await room.enter('ref-1');
  expect(Object.keys(places)).toHaveLength(1);
  losses = 20;
  await leave?.();
  expect(places).toEqual({});
  losses = 20;
  expect(await room.enter('ref-1')).toBeUndefined();
});

test('leaves places to others, however often somebody comes for one user', async () => {
  const room = aRoom('shared', { most: 4, mostEach: 2 });
  const [one, two, three] = [await room.enter('ref-1'), await room.enter('ref-1'), await room.enter('ref-1')];
  expect([typeof one, typeof two, typeof three]).toEqual(['function', 'function', 'undefined']);
  expect(await room.enter('ref-10')).toBeDefined();
  await two?.();
  expect(await room.enter('ref-1')).toBeDefined();
});
