import { DeleteCommand, DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Account } from '../../../../lambdas/connectors/connector';
import { createProfileConnector } from '../../../../lambdas/connectors/profile/profile-connector';
import { anAccountRequest, sameNames } from '../../../helpers/account-request';
import { type Dynalite, startDynalite } from '../../../helpers/dynalite';

const TableName = 'profiles';
let dynalite: Dynalite;
let client: DynamoDBDocumentClient;

beforeAll(async () => {
  dynalite = await startDynalite();
  client = DynamoDBDocumentClient.from(dynalite.client);
  await dynalite.makeTable(TableName, { user_id: 'S' });
});
afterAll(() => dynalite?.stop());

let users = 0;

/** A row of a user of its own, and the connector with everything that was sent to write. */
async function aRow(fields: Record<string, unknown> = {}, attributes = ['email', 'tags', 'plan']) {
  const user_id = `auth0|${++users}`;
  const externalId = `acme/dev/${user_id}`;
  const sent: unknown[] = [];
  const watched = {
    send: (command: { constructor: { name: string } }) => {
      if (command.constructor.name !== 'GetCommand') sent.push(command);
      return client.send(command as never);
    },
  };
  const connector = createProfileConnector(watched as never, TableName, { preferredCategories: [] });
  const first = { user_id, externalId, email: 'ada@example.com', preferredCategories: ['x'] };
  await client.send(new PutCommand({ TableName, Item: { ...first, ...fields } }));
  const request = (user: object = {}) =>
    anAccountRequest({ user_id, email: 'ada@example.com', ...user }, { rules: sameNames(...attributes) });
  const read = async (): Promise<Account> => {
    const found = await connector.read(user_id, request());
    if (found.kind !== 'one') throw new Error('There is no row.');
    return found.account;
  };
  const row = async () => (await client.send(new GetCommand({ TableName, Key: { user_id } }))).Item;
  /** The service, or somebody else, writes meanwhile. */
  const meanwhile = (changes: object) =>
    client.send(new PutCommand({ TableName, Item: { ...first, ...fields, ...changes } }));
  return { connector, request, read, row, meanwhile, sent, first, user_id };
}

describe('a change', () => {
  test('that the row shows already writes nothing', async () => {
    const { connector, request, read, sent } = await aRow({ tags: ['a', 'b'] });
    expect(await connector.change(await read(), request({ tags: ['a', 'b'] }))).toBe('unchanged');
    expect(sent).toEqual([]);
  });

  test('writes what differs, and leaves what the service wrote meanwhile', async () => {
    const { connector, request, read, row, meanwhile, first } = await aRow();
    const account = await read();
    await meanwhile({ preferredCategories: ['x', 'y'], watchlist: [1] });
    const changed = await connector.change(account, request({ email: 'new@example.com', tags: ['a'] }));
    expect(changed).toBe('changed');
    expect(await row()).toEqual({
      ...first,
      ...{ email: 'new@example.com', tags: ['a'], preferredCategories: ['x', 'y'], watchlist: [1] },
    });
  });

  test('leaves an attribute alone that the event does not carry, and takes away one that became empty', async () => {
    const { connector, request, read, row, first } = await aRow({ plan: 'gold', tags: ['a'] });
    expect(await connector.change(await read(), request({ plan: null }))).toBe('changed');
    expect(await row()).toEqual({ ...first, tags: ['a'] });
  });

  test('sets and takes away in one write', async () => {
    const { connector, request, read, row, first, sent } = await aRow({ plan: 'gold' });
    expect(await connector.change(await read(), request({ plan: '', tags: ['a'] }))).toBe('changed');
    expect(await row()).toEqual({ ...first, tags: ['a'] });
    expect(sent).toHaveLength(1);
  });

  test('never writes the key, the externalId or the switch, whatever is configured', async () => {
    const greedy = ['user_id', 'externalId', 'active', 'plan'];
    const { connector, request, read, row, user_id, first } = await aRow({}, greedy);
    const stolen = request({ plan: 'gold', externalId: 'stolen', active: false });
    expect(await connector.change(await read(), stolen)).toBe('changed');
    expect(await row()).toEqual({ ...first, user_id, plan: 'gold' });
  });

  test('finds the row gone, and makes none', async () => {
    const { connector, request, read, row } = await aRow();
    const account = await read();
    expect(await connector.remove(account)).toBe('removed');
    expect(await connector.change(account, request({ email: 'new@example.com' }))).toBe('gone');
    expect(await connector.setActive(account, false)).toBe('gone');
    expect(await connector.remove(account)).toBe('gone');
    expect(await row()).toBeUndefined();
  });
});

describe('the switch', () => {
  test.each([
    [{}, true],
    [{ active: true }, true],
    [{ active: false }, false],
  ])('of a row with %j to %s writes nothing', async (fields, wanted) => {
    const { connector, read, sent } = await aRow(fields);
    expect(await connector.setActive(await read(), wanted)).toBe('unchanged');
    expect(sent).toEqual([]);
  });

  test('is written where it differs, and nothing besides', async () => {
    const { connector, read, row, first } = await aRow();
    expect(await connector.setActive(await read(), false)).toBe('changed');
    expect(await row()).toEqual({ ...first, active: false });
    expect(await connector.setActive(await read(), true)).toBe('changed');
    expect(await row()).toEqual({ ...first, active: true });
  });
});

test('removing takes the row away', async () => {
  const { connector, request, read, row, user_id } = await aRow();
  expect(await connector.remove(await read())).toBe('removed');
  expect(await row()).toBeUndefined();
  expect(await connector.read(user_id, request())).toEqual({ kind: 'none' });
});

test("a row that became somebody else's since it was read is not touched", async () => {
  const { connector, request, read, row, meanwhile } = await aRow();
  const account = await read();
  await meanwhile({ externalId: 'acme/dev/somebody' });
  const before = await row();
  expect(await connector.change(account, request({ email: 'new@example.com' }))).toBe('gone');
  expect(await connector.setActive(account, false)).toBe('gone');
  expect(await connector.remove(account)).toBe('gone');
  expect(await row()).toEqual(before);
});

test("somebody else's row is read as theirs", async () => {
  const { connector, request, user_id } = await aRow({ externalId: 'acme/dev/somebody' });
  const found = await connector.read(user_id, request());
  expect(found).toMatchObject({ kind: 'one', account: { accountId: user_id, carries: 'another' } });
});

describe('a row that the service made itself', () => {
  test('is found by its key, and carries no externalId', async () => {
    const { connector, request, user_id } = await aRow({ externalId: undefined });
    const trait = { attribute: 'user_id', value: user_id };
    expect(await connector.find(request())).toEqual({ kind: 'none' });
    expect(await connector.match?.(trait, request())).toMatchObject({
      kind: 'one',
      account: { accountId: user_id, carries: 'none' },
    });
  });

  test('gets our externalId with the change, and keeps what the service wrote', async () => {
    const { connector, request, read, row, user_id } = await aRow({ externalId: undefined });
    const change = request({ email: 'new@example.com' });
    expect(await connector.change(await read(), change)).toBe('changed');
    const { externalId } = change;
    expect(await row()).toEqual({
      user_id,
      externalId,
      email: 'new@example.com',
      preferredCategories: ['x'],
    });
    expect(await connector.find(change)).toMatchObject({ kind: 'one', account: { carries: 'ours' } });
  });

  test("that became somebody else's, or went away, since it was read is not touched", async () => {
    const { connector, request, read, row, meanwhile, user_id } = await aRow({ externalId: undefined });
    const account = await read();
    await meanwhile({ externalId: 'acme/dev/somebody' });
    expect(await connector.change(account, request())).toBe('gone');
    expect(await row()).toMatchObject({ externalId: 'acme/dev/somebody' });
    await client.send(new DeleteCommand({ TableName, Key: { user_id } }));
    expect(await connector.change(account, request())).toBe('gone');
    expect(await row()).toBeUndefined();
  });
});
