import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, type QueryCommand } from '@aws-sdk/lib-dynamodb';
import { createUnsettledStates, MAX_PAGES } from '../../../lambdas/census/unsettled-states';
import { type Dynalite, startDynalite } from '../../helpers/dynalite';
import { aLink } from '../../helpers/links';

const TableName = 'links';
let dynalite: Dynalite;
let client: DynamoDBClient;

beforeAll(async () => {
  dynalite = await startDynalite();
  client = dynalite.client;
  await dynalite.makeTable(
    TableName,
    { userRef: 'S', system: 'S' },
    { unsettled: { unsettled: 'S', updatedAt: 'S' } },
  );
}, 20_000);

afterAll(() => dynalite?.stop());

const put = (fields: Parameters<typeof aLink>[0], more: object = {}) =>
  DynamoDBDocumentClient.from(client).send(
    new PutCommand({ TableName, Item: { ...aLink(fields), ...more } }),
  );
const statesUnder = (key: string) =>
  createUnsettledStates(DynamoDBDocumentClient.from(client), TableName)(key);

test('a settled link is not found, and one that settles is found no more', async () => {
  await put({ userRef: 'a', state: 'linked' });
  await put({ userRef: 'b', state: 'held', unsettled: 'crm#0' });
  await put({ userRef: 'c', state: 'rejected', unsettled: 'crm#1' });
  expect(await statesUnder('crm#0')).toEqual({ states: ['held'], complete: true });
  await put({ userRef: 'b', state: 'linked' });
  expect(await statesUnder('crm#0')).toEqual({ states: [], complete: true });
});

test('all are found when they do not fit into one answer', async () => {
  const padding = 'x'.repeat(300_000);
  for (let row = 0; row < 8; row += 1) {
    await put({ userRef: `big-${row}`, state: 'pending', unsettled: 'big#0' }, { padding });
  }
  expect((await statesUnder('big#0')).states).toHaveLength(8);
});

test('ends after a bounded number of answers, and says that there is more', async () => {
  const asked: QueryCommand[] = [];
  const endless = {
    send: async (command: QueryCommand) => {
      asked.push(command);
      return { Items: [{ state: 'pending' }], LastEvaluatedKey: { page: asked.length } };
    },
  };
  const { states, complete } = await createUnsettledStates(endless as never, TableName)('crm#0');
  expect([states.length, complete]).toEqual([MAX_PAGES, false]);
  expect(asked[1]?.input.ExclusiveStartKey).toEqual({ page: 1 });
});

test('fails, and does not answer "none", when the index cannot be read', async () => {
  const lost = createUnsettledStates(DynamoDBDocumentClient.from(client), 'no-such-table');
  await expect(lost('crm#0')).rejects.toThrow();
});
