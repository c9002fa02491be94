import { createDynamodbService } from '../../../../local/aws/dynamodb/dynamodb-service';
import { type RowChange, TableRegistry } from '../../../../local/aws/dynamodb/tables';
import type { AwsService } from '../../../../local/aws/service';

const TABLE = {
  TableName: 'links',
  AttributeDefinitions: [
    { AttributeName: 'userRef', AttributeType: 'S' },
    { AttributeName: 'system', AttributeType: 'S' },
  ],
  KeySchema: [
    { AttributeName: 'userRef', KeyType: 'HASH' },
    { AttributeName: 'system', KeyType: 'RANGE' },
  ],
  BillingMode: 'PAY_PER_REQUEST',
};
const KEY = { userRef: { S: 'u' }, system: { S: 'crm' } };

async function aTable() {
  const tables = new TableRegistry();
  const dynamodb = createDynamodbService(tables.committed);
  await dynamodb.handle('CreateTable', TABLE);
  await new Promise((resolve) => setTimeout(resolve, 5));
  const info = { name: 'links', arn: 'arn:aws:dynamodb:us-east-1:000000000000:table/links' };
  tables.add({ ...info, logicalId: 'Links', stackPath: '', keyNames: ['userRef', 'system'] });
  const changes: RowChange[] = [];
  tables.onChange('Links', (change) => changes.push(change));
  return { dynamodb, changes, tables };
}

const put = (dynamodb: AwsService, fields: object, more: object = {}) =>
  dynamodb.handle('PutItem', { TableName: 'links', Item: { ...KEY, ...fields }, ...more });

const setState = (dynamodb: AwsService, state: string) =>
  dynamodb.handle('UpdateItem', {
    TableName: 'links',
    Key: KEY,
    UpdateExpression: 'SET #s = :s',
    ExpressionAttributeNames: { '#s': 'state' },
    ExpressionAttributeValues: { ':s': { S: state } },
  });

test('a row tells of its creation, change and removal with exact images', async () => {
  const { dynamodb, changes } = await aTable();
  await put(dynamodb, { state: { S: 'pending' } });
  await setState(dynamodb, 'linked');
  await dynamodb.handle('DeleteItem', { TableName: 'links', Key: KEY });
  expect(
    changes.map(({ eventName, oldImage, newImage }) => [eventName, oldImage?.state?.S, newImage?.state?.S]),
  ).toEqual([
    ['INSERT', undefined, 'pending'],
    ['MODIFY', 'pending', 'linked'],
    ['REMOVE', 'linked', undefined],
  ]);
  expect(changes.map(({ keys }) => keys)).toEqual([KEY, KEY, KEY]);
});

test('a write that changes nothing, and one whose condition fails, are silent', async () => {
  const { dynamodb, changes } = await aTable();
  await put(dynamodb, { state: { S: 'linked' } });
  await put(dynamodb, { state: { S: 'linked' } });
  await setState(dynamodb, 'linked');
  await dynamodb.handle('DeleteItem', { TableName: 'links', Key: { ...KEY, system: { S: 'other' } } });
  const refused = put(dynamodb, {}, { ConditionExpression: 'attribute_not_exists(userRef)' });
  await expect(refused).rejects.toThrow('The conditional request failed');
  expect(changes).toHaveLength(1);
});

test('changes of one row at once are told in the order of commit, each from where the last one ended', async () => {
  const { dynamodb, changes } = await aTable();
  await Promise.all(Array.from({ length: 50 }, (_, index) => setState(dynamodb, `s${index}`)));
  const chain = changes.map(({ oldImage, newImage }) => [oldImage?.state?.S, newImage?.state?.S]);
  expect(chain).toHaveLength(50);
  for (const [index, [before]] of chain.entries()) expect(before).toBe(chain[index - 1]?.[1]);
});

test('of racing creators exactly one wins', async () => {
  const { dynamodb, changes } = await aTable();
  const condition = { ConditionExpression: 'attribute_not_exists(userRef)' };
  const races = Array.from({ length: 20 }, (_, index) =>
    put(dynamodb, { n: { N: String(index) } }, condition),
  );
  const outcomes = await Promise.allSettled(races);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(changes).toHaveLength(1);
});

test('a batch tells of each of its rows', async () => {
  const { dynamodb, changes } = await aTable();
  const requests = ['a', 'b'].map((system) => ({ PutRequest: { Item: { ...KEY, system: { S: system } } } }));
  await dynamodb.handle('BatchWriteItem', { RequestItems: { links: requests } });
  expect(changes.map(({ keys }) => keys.system?.S).toSorted()).toEqual(['a', 'b']);
});

test('a failed condition gives the row back when asked to', async () => {
  const { dynamodb } = await aTable();
  await put(dynamodb, { state: { S: 'linked' } });
  const condition = { ConditionExpression: 'attribute_not_exists(userRef)' };
  const asked = put(dynamodb, {}, { ...condition, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' });
  await expect(asked).rejects.toMatchObject({
    code: expect.stringMatching(/ConditionalCheckFailedException$/),
    details: { body: { Item: { ...KEY, state: { S: 'linked' } } } },
  });
  await expect(put(dynamodb, {}, condition)).rejects.toMatchObject({ details: { body: {} } });
});

test("a table's ARN is as good as its name", async () => {
  const { dynamodb } = await aTable();
  const TableName = 'arn:aws:dynamodb:us-east-1:000000000000:table/links';
  expect((await dynamodb.handle('GetItem', { TableName, Key: KEY })).json).toEqual({});
  expect(dynamodb.resourceOf('GetItem', { TableName })).toBe('links');
});

test.each(['TransactWriteItems', 'ExecuteStatement', 'UpdateTimeToLive', 'GetRecords'])(
  'rejects %s by name',
  async (operation) => {
    const { dynamodb } = await aTable();
    await expect(dynamodb.handle(operation, {})).rejects.toThrow(`does not support ${operation} of dynamodb`);
  },
);

test('rejects what DynamoDB rejects, in its words', async () => {
  const { dynamodb } = await aTable();
  const missing = dynamodb.handle('PutItem', { TableName: 'links', Item: { userRef: { S: 'u' } } });
  await expect(missing).rejects.toMatchObject({
    status: 400,
    message: expect.stringContaining('Missing the key system'),
  });
  await expect(dynamodb.handle('Scan', { TableName: 'nope' })).rejects.toMatchObject({
    code: expect.stringMatching(/ResourceNotFoundException$/),
  });
});
