import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { createDueLinks } from '../../../lambdas/sweeper/due-links';
import { type Dynalite, startDynalite } from '../../helpers/dynalite';
import { NOW } from '../../helpers/events';
import { aLink } from '../../helpers/links';

const TableName = 'links';
let dynalite: Dynalite;
let client: DynamoDBDocumentClient;

beforeAll(async () => {
  dynalite = await startDynalite();
  client = DynamoDBDocumentClient.from(dynalite.client);
  await dynalite.makeTable(TableName, { userRef: 'S', system: 'S' }, { due: { due: 'S', remindAt: 'N' } });
});
afterAll(() => dynalite?.stop());

const dueLinks = () => createDueLinks(client, TableName);

/** A link of its own in the table. */
async function put(userRef: string, fields: object) {
  const link = aLink({ userRef, state: 'deprovisioning', code: 'deleted', next: 'disable', ...fields });
  await client.send(new PutCommand({ TableName, Item: link }));
  return { userRef, system: 'crm', user_id: link.user_id as string };
}

const rowOf = async (userRef: string) =>
  (await client.send(new GetCommand({ TableName, Key: { userRef, system: 'crm' } }))).Item;

test('finds what is due under one key, the longest due first, and of each what a reminder takes', async () => {
  const later = await put('later', { due: '0', remindAt: NOW });
  const first = await put('first', { due: '0', remindAt: NOW - 1 });
  await put('not-yet', { due: '0', remindAt: NOW + 1 });
  await put('elsewhere', { due: '1', remindAt: NOW - 1 });
  await put('never', {});
  expect(await dueLinks().under('0', NOW, 10)).toEqual([
    { ...first, remindAt: NOW - 1 },
    { ...later, remindAt: NOW },
  ]);
  expect(await dueLinks().under('0', NOW, 1)).toMatchObject([{ userRef: 'first' }]);
  expect(await dueLinks().under('3', NOW, 10)).toEqual([]);
});

test('what is postponed is due again later, and nothing else of the row changes', async () => {
  const link = await put('postponed', { due: '2', remindAt: NOW, dueAt: NOW });
  const before = await rowOf('postponed');
  await dueLinks().postpone({ ...link, remindAt: NOW }, NOW + 5);
  expect(await rowOf('postponed')).toEqual({ ...before, remindAt: NOW + 5 });
  expect(await dueLinks().under('2', NOW, 10)).toEqual([]);
  expect(await dueLinks().under('2', NOW + 5, 10)).toMatchObject([{ userRef: 'postponed' }]);
});

test('what a worker has settled or set anew meanwhile stays as it is', async () => {
  const settled = await put('settled', { state: 'deprovisioned' });
  const renewed = await put('renewed', { due: '1', remindAt: NOW + 30 });
  const before = [await rowOf('settled'), await rowOf('renewed')];
  for (const link of [settled, renewed]) await dueLinks().postpone({ ...link, remindAt: NOW }, NOW + 5);
  expect([await rowOf('settled'), await rowOf('renewed')]).toEqual(before);
});

test('fails when the table is not there', async () => {
  const lost = createDueLinks(client, 'no-such-table');
  const link = { userRef: 'x', system: 'crm', user_id: 'auth0|1', remindAt: NOW };
  await expect(lost.under('0', NOW, 1)).rejects.toThrow();
  await expect(lost.postpone(link, NOW)).rejects.toThrow();
});
