import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { createRowsOf } from '../../../lambdas/status/rows-of';
import { type Dynalite, startDynalite } from '../../helpers/dynalite';
import { NOW } from '../../helpers/events';
import { REF } from './helpers/a-login';

let dynalite: Dynalite;

beforeAll(async () => {
  dynalite = await startDynalite();
  await dynalite.makeTable('links', { userRef: 'S', system: 'S' });
});
afterAll(() => dynalite.stop());

test('says how links stand and for how long, and neither who it is nor which account', async () => {
  const client = DynamoDBDocumentClient.from(dynalite.client);
  const rows = [
    { system: 'crm', state: 'linked', accountId: '7', user_id: 'auth0|ada', updatedAt: isoBefore(5_000) },
    { system: 'desk', state: 'skipped', code: 'scope-unknown', updatedAt: isoBefore(90_000) },
    { system: 'mail', state: 'pending' },
    { system: 'lock' },
  ];
  for (const row of rows) {
    await client.send(new PutCommand({ TableName: 'links', Item: { userRef: REF, ...row } }));
  }
  expect(await createRowsOf(client, 'links', () => NOW)(REF)).toEqual([
    { system: 'crm', state: 'linked', ageMs: 5_000 },
    { system: 'desk', state: 'skipped', code: 'scope-unknown', ageMs: 90_000 },
    { system: 'mail', state: 'pending' },
  ]);
});

const isoBefore = (ms: number) => new Date(NOW - ms).toISOString();
