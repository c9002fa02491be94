import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { changeInvitation } from '../../../lambdas/invitations/change-invitation';
import { revoked } from '../../../lambdas/invitations/ending';
import { createInvitationRepository } from '../../../lambdas/invitations/invitation-repository';
import { redeemed, resent, withSecret } from '../../../lambdas/invitations/transitions';
import { type Dynalite, startDynalite } from '../../helpers/dynalite';
import { anInvitation, NOW } from './helpers/invitations';

const INDEXES = {
  emailRef: { emailRef: 'S', createdAt: 'S' },
  redeemedBy: { redeemedBy: 'S', redeemedAt: 'S' },
  due: { due: 'S', dueAt: 'N' },
  listed: { listed: 'S', createdAt: 'S' },
} as const;

let dynalite: Dynalite;
let tables = 0;
beforeAll(async () => {
  dynalite = await startDynalite();
});
afterAll(() => dynalite.stop());

async function aTable(...rows: Parameters<typeof anInvitation>[0][]) {
  const name = `invitations-${++tables}`;
  await dynalite.makeTable(name, { id: 'S' }, INDEXES);
  const marshallOptions = { removeUndefinedValues: true };
  const table = createInvitationRepository(
    DynamoDBDocumentClient.from(dynalite.client, { marshallOptions }),
    name,
  );
  for (const row of rows) await table.insert(anInvitation(row));
  return table;
}

const who = (name: string) => ({
  userRef: `ref:${name}`,
  userId: `auth0|${name}`,
  generation: '2026-11-22T09:00:00.000Z',
});
const id = anInvitation().id;

describe('the table of invitations', () => {
  test('has one first row of an id', async () => {
    const table = await aTable();
    const [one, other] = [anInvitation(), anInvitation({ email: 'eve@example.com' })];
    expect(await Promise.all([table.insert(one), table.insert(other)])).toEqual(
      expect.arrayContaining([true, false]),
    );
  });

  test('knows its own write when the SDK repeats it, as the first answer was lost', async () => {
    const stored = anInvitation();
    const refuses = (Item: object) => ({
      send: async () => {
        throw new ConditionalCheckFailedException({ $metadata: {}, message: '', Item: marshall(Item) });
      },
    });
    const repeating = (Item: object) => createInvitationRepository(refuses(Item) as never, 'invitations');
    expect(await repeating(stored).insert(stored)).toBe(true);
    expect(await repeating({ ...stored, email: 'eve@example.com' }).insert(stored)).toBe(false);
    const next = { ...stored, sending: 2 };
    expect(await repeating({ ...next, revision: 2 }).replace(next, stored)).toBe(true);
  });

  test('gives an invitation to exactly one of many who redeem at once', async () => {
    const table = await aTable({});
    const people = ['ada', 'eve', 'bob', 'mia', 'tom'];
    const won = await Promise.all(
      people.map(
        async (name) => (await changeInvitation(table, id, (row) => redeemed(row, who(name), NOW))).ok,
      ),
    );
    expect(won.filter(Boolean)).toHaveLength(1);
    expect((await table.get(id))?.redeemedBy).toBe(`ref:${people[won.indexOf(true)]}`);
  });

  test('is revoked or redeemed, and never both', async () => {
    const table = await aTable({});
    const results = await Promise.all([
      changeInvitation(table, id, (row) => redeemed(row, who('ada'), NOW)),
      changeInvitation(table, id, (row) => revoked(row, NOW, 0)),
    ]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test('takes no token of a sending that was sent anew, and at most five of one', async () => {
    const table = await aTable({});
    const kept = (hash: string) => ({ hash, keyVersion: 'v' });
    const add = (hash: string, sending: number) =>
      changeInvitation(table, id, (row) => withSecret(row, kept(hash), sending, NOW));
    for (const hash of ['1', '2', '3', '4', '5', '6']) await add(hash, 1);
    expect((await table.get(id))?.secrets.map(({ hash }) => hash)).toEqual(['2', '3', '4', '5', '6']);
    await changeInvitation(table, id, (row) => resent(row, NOW));
    expect((await add('late', 1)).ok).toBe(false);
    expect((await add('new', 2)).ok).toBe(true);
    expect((await table.get(id))?.secrets).toEqual([kept('new')]);
  });

  test('counts wrong tokens without standing in the way of who redeems', async () => {
    const table = await aTable({});
    const before = await table.get(id);
    const miss = (now: number) => table.miss(id, { now, windowMs: 1_000 });
    await miss(NOW);
    await Promise.all([miss(NOW + 1), miss(NOW + 2)]);
    expect(await table.get(id)).toMatchObject({ misses: 3, missesSince: NOW, revision: before?.revision });
    await miss(NOW + 1_000);
    expect(await table.get(id)).toMatchObject({ misses: 1, missesSince: NOW + 1_000 });
    await table.miss('x'.repeat(22), { now: NOW, windowMs: 1_000 });
    expect(await table.get('x'.repeat(22))).toBeUndefined();
    expect((await changeInvitation(table, id, (row) => redeemed(row, who('ada'), NOW))).ok).toBe(true);
  });

  test('finds by address, by person, by state and by what is due, in pages', async () => {
    const other = { id: 'b'.repeat(22), createdAt: '2026-11-22T09:30:00.000Z' };
    const table = await aTable({}, other);
    await changeInvitation(table, id, (row) => redeemed(row, who('ada'), NOW));
    const emailRef = `${anInvitation().emailRef}`;
    const first = await table.ofEmail({ key: emailRef, limit: 1 });
    expect(first.rows.map((row) => row.id)).toEqual([other.id]);
    const second = await table.ofEmail({ key: emailRef, limit: 1, after: first.after });
    expect(second.rows.map((row) => row.id)).toEqual([id]);
    expect((await table.ofUser({ key: 'ref:ada', limit: 10 })).rows.map((row) => row.id)).toEqual([id]);
    const row = await table.get(other.id);
    expect((await table.listed({ key: `${row?.listed}`, limit: 10 })).rows).toEqual([row]);
    const due = { key: `${row?.due}`, limit: 10 };
    expect(await table.due({ ...due, now: Number(row?.dueAt) - 1 })).toEqual([]);
    expect(await table.due({ ...due, now: Number(row?.dueAt) })).toEqual([row]);
    // What was redeemed is never due.
    expect((await table.get(id))?.due).toBeUndefined();
  });
});
