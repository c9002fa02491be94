import { randomUUID } from 'node:crypto';
import { ConditionalCheckFailedException, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { UserLink } from '../../../lambdas/user-links/user-link';
import { createUserLinkRepository } from '../../../lambdas/user-links/user-link-repository';
import { type Dynalite, startDynalite } from '../../helpers/dynalite';
import { aLink } from '../../helpers/links';

const TableName = 'links';
let dynalite: Dynalite;
let client: DynamoDBClient;

beforeAll(async () => {
  dynalite = await startDynalite();
  client = dynalite.client;
  await dynalite.makeTable(TableName, { userRef: 'S', system: 'S' });
});

afterAll(() => dynalite?.stop());

const links = () => createUserLinkRepository(DynamoDBDocumentClient.from(client), TableName);
const lease = { token: 'mine', until: 1 };

test('a claim of a new link wins once', async () => {
  const link = aLink({ userRef: 'new', lease });
  const claims = await Promise.all([links().claim(link, undefined), links().claim(link, undefined)]);
  expect(claims.toSorted()).toEqual([false, true]);
  expect(await links().get('new', 'crm')).toEqual(link);
});

test('rejects a claim that rests on what somebody has overwritten', async () => {
  const first = aLink({ userRef: 'stale' });
  await links().claim(first, undefined);
  const second = aLink({ userRef: 'stale', revision: 2 });
  expect(await links().claim(second, first)).toBe(true);
  expect(await links().claim({ ...second, attempts: 9 }, first)).toBe(false);
  expect(await links().get('stale', 'crm')).toEqual(second);
});

test('a close needs the token of the lease', async () => {
  await links().claim(aLink({ userRef: 'leased', lease }), undefined);
  const linked = aLink({ userRef: 'leased', state: 'linked', accountId: 'a1', revision: 2 });
  expect(await links().close(linked, 'stolen')).toBe(false);
  expect(await links().close(linked, 'mine')).toBe(true);
  expect(await links().close(linked, 'mine')).toBe(false);
  expect(await links().get('leased', 'crm')).toEqual(linked);
});

test('a link that is not there is undefined', async () => {
  expect(await links().get('nobody', 'crm')).toBeUndefined();
});

test('fails, and does not answer "absent", when the table cannot be read', async () => {
  const lost = createUserLinkRepository(DynamoDBDocumentClient.from(client), 'no-such-table');
  await expect(lost.get('a', 'crm')).rejects.toThrow();
  await expect(lost.claim(aLink(), undefined)).rejects.toThrow();
});

/** As DynamoDB counts: names and texts in UTF-8, two digits of a number a byte and one more, three bytes for a map. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return Math.ceil(`${value}`.length / 2) + 1;
  if (typeof value !== 'object' || value === null) return 1;
  const fields = Object.entries(value).map(([name, one]) => Buffer.byteLength(name) + 1 + sizeOf(one));
  return 3 + fields.reduce((sum, size) => sum + size, 0);
}

const LONGEST: Partial<UserLink> = {
  ...{ user_id: 'x'.repeat(200), accountId: 'y'.repeat(64) },
  ...{ userRef: 'z'.repeat(43), system: 's'.repeat(31), unsettled: `${'s'.repeat(31)}#3` },
  ...{ generation: new Date().toISOString(), eventId: `reg_${'e'.repeat(43)}`, requestId: randomUUID() },
  ...{ acceptedAt: Date.now(), firstAttemptAt: Date.now(), updatedAt: new Date().toISOString() },
  ...{ creation: 'confirmed', ownership: 'adopted', verdict: 'rejected:invalid-attribute' },
  ...{ version: Date.now(), applied: 'f'.repeat(16), blocked: false, blockedAt: Date.now(), enable: true },
  ...{ ended: 'deleted', next: 'disable', dueAt: Date.now(), due: '3', remindAt: Date.now(), counted: true },
  mergedInto: 'm'.repeat(43),
};

// A claim takes away what was waited for, and why.
test.each([
  ['is worked on', { lease: { token: randomUUID(), until: Date.now() }, state: 'deprovisioning' as const }],
  ['waits', { state: 'rejected' as const, code: 'invalid-attribute' as const, notBefore: Date.now() }],
])(
  'a link with everything in it that %s stays below one write unit, with a user id of usual length',
  (_, fields) => {
    expect(sizeOf(aLink({ ...LONGEST, ...fields }))).toBeLessThan(1024);
  },
);

describe('a write whose answer was lost and that the SDK repeated', () => {
  const meeting = (stored: object) =>
    createUserLinkRepository(
      {
        send: async () => {
          throw new ConditionalCheckFailedException({ message: 'no', $metadata: {}, Item: marshall(stored) });
        },
      } as never,
      TableName,
    );
  const claim = aLink({ lease, revision: 2 });
  const linked = aLink({ state: 'linked', revision: 3 });

  test('succeeded when what stands there is ours', async () => {
    expect(await meeting(claim).claim(claim, aLink())).toBe(true);
    expect(await meeting(linked).close(linked, 'mine')).toBe(true);
  });

  test('rejects what somebody else wrote', async () => {
    expect(await meeting({ ...claim, lease: { token: 'theirs', until: 1 } }).claim(claim, aLink())).toBe(
      false,
    );
    expect(await meeting({ ...linked, lease: { token: 'theirs', until: 1 } }).close(linked, 'mine')).toBe(
      false,
    );
    expect(await meeting({ ...linked, revision: 4 }).close(linked, 'mine')).toBe(false);
    const noted = aLink({ blocked: true, blockedAt: 1, revision: 2 });
    expect(await meeting({ ...noted, blocked: false }).claim(noted, aLink())).toBe(false);
  });
});
