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
    { system: 'roles', state: 'linked', lease: { token: 'worker', until: NOW } },
    { system: 'lock' },
  ];
  for (const row of rows) {
    await client.send(new PutCommand({ TableName: 'links', Item: { userRef: REF, ...row } }));
  }
  expect(await createRowsOf(client, 'links', () => NOW)(REF)).toEqual([
    { system: 'crm', state: 'linked', ageMs: 5_000 },
    { system: 'desk', state: 'skipped', code: 'scope-unknown', ageMs: 90_000 },
    { system: 'mail', state: 'pending' },
    { system: 'roles', state: 'linked', lease: { token: 'worker', until: NOW } },
  ]);
});

describe('of somebody who had an earlier life', () => {
  const [BEFORE, NOW_LIVED] = ['2025-03-01T09:00:00.000Z', '2026-11-20T09:00:00.000Z'];
  const rows = [
    { system: 'crm', state: 'linked', generation: BEFORE },
    { system: 'desk', state: 'deprovisioned', code: 'erased', ended: 'erased', generation: NOW_LIVED },
    { system: 'mail', state: 'disabled', ended: 'deleted', generation: BEFORE },
    { system: 'video', state: 'linked', generation: NOW_LIVED },
    { system: 'wiki', state: 'linked' },
  ];
  const statesOf = async (generation?: string) => {
    const client = DynamoDBDocumentClient.from(dynalite.client);
    for (const row of rows) {
      await client.send(new PutCommand({ TableName: 'links', Item: { userRef: 'lived-twice', ...row } }));
    }
    const found = await createRowsOf(client, 'links', () => NOW)('lived-twice', generation);
    return Object.fromEntries(found.map(({ system, state, over }) => [system, over ? 'over' : state]));
  };

  test('what an earlier life left says nothing of this one, and no account comes once it is over', async () => {
    expect(await statesOf(NOW_LIVED)).toEqual({ desk: 'over', video: 'linked', wiki: 'linked' });
  });

  test('a life before the one that is known gets nothing that is not there', async () => {
    expect(await statesOf(BEFORE)).toEqual({
      ...{ crm: 'linked', desk: 'over', mail: 'over', video: 'linked', wiki: 'linked' },
    });
  });

  test('every row counts where nobody said which life it is', async () => {
    expect(await statesOf()).toEqual(Object.fromEntries(rows.map(({ system, state }) => [system, state])));
  });
});

const isoBefore = (ms: number) => new Date(NOW - ms).toISOString();
