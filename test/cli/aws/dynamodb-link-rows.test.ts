import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { createLinkRows } from '../../../cli/aws/dynamodb-link-rows';
import { type Dynalite, startDynalite } from '../../helpers/dynalite';
import { aLink } from '../../helpers/links';
import { NOW } from '../helpers/deps';

const TableName = 'links';
let dynalite: Dynalite;

beforeAll(async () => {
  dynalite = await startDynalite();
  await dynalite.makeTable(TableName, { userRef: 'S', system: 'S' });
});
afterAll(() => dynalite?.stop());

function rows() {
  const clock = { now: () => NOW, learn: () => undefined, aheadMs: () => 0 };
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  return createLinkRows({ config: { endpoint: dynalite.url, region: 'us-east-1', credentials }, clock });
}

const put = (Item: object) =>
  DynamoDBDocumentClient.from(dynalite.client).send(new PutCommand({ TableName, Item }));

test('a row is replaced as long as nobody wrote it since it was read', async () => {
  await put(aLink({ state: 'held', code: 'conflict' }));
  const link = await rows().get(TableName, 'ref:auth0|1', 'crm');
  expect(link).toEqual(aLink({ state: 'held', code: 'conflict' }));
  await rows().replace(TableName, aLink({ revision: 2 }), aLink());
  expect(await rows().get(TableName, 'ref:auth0|1', 'crm')).toEqual(aLink({ revision: 2 }));
});

test('fails when somebody wrote it since, and theirs stays', async () => {
  const theirs = aLink({ userRef: 'taken', state: 'held', blocked: true, revision: 2 });
  await put(theirs);
  const ours = aLink({ userRef: 'taken', revision: 2 });
  const replaced = rows().replace(TableName, ours, aLink({ userRef: 'taken' }));
  await expect(replaced).rejects.toMatchObject({ code: 'link-changed', exitCode: 3 });
  expect(await rows().get(TableName, 'taken', 'crm')).toEqual(theirs);
});

test('a row that is not there is undefined, and a table that cannot be read is an error', async () => {
  expect(await rows().get(TableName, 'nobody', 'crm')).toBeUndefined();
  await expect(rows().get('no-such-table', 'a', 'crm')).rejects.toMatchObject({ code: 'aws-refused' });
});
