import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, type PutCommand } from '@aws-sdk/lib-dynamodb';
import { createProfileConnector } from '../../../../lambdas/connectors/profile/profile-connector';
import { anAccountRequest, sameNames } from '../../../helpers/account-request';

const defaults = { preferredCategories: [] };
const user = { email: 'ada@example.com', nickname: 'ada', plan: 'gold' };
const request = anAccountRequest(user, { rules: sameNames('email', 'nickname', 'missing') });

function setUp(failing = false) {
  const rows = new Map<string, Record<string, unknown>>();
  const client = {
    async send(command: unknown) {
      if (failing) throw new Error('throttled');
      if (command instanceof GetCommand) return { Item: rows.get(command.input.Key?.user_id) };
      const item = (command as PutCommand).input.Item as Record<string, string>;
      if (rows.has(item.user_id as string)) {
        throw new ConditionalCheckFailedException({ message: 'exists', $metadata: {} });
      }
      return rows.set(item.user_id as string, item);
    },
  };
  return { rows, connector: createProfileConnector(client as never, 'profiles', defaults) };
}

test('a profile starts with its defaults and takes only the attributes it lists', async () => {
  const { rows, connector } = setUp();
  expect(await connector.create(request)).toEqual({ kind: 'created', accountId: 'auth0|1' });
  expect(rows.get('auth0|1')).toEqual({
    user_id: 'auth0|1',
    externalId: 'acme/dev/auth0|1',
    email: 'ada@example.com',
    nickname: 'ada',
    preferredCategories: [],
  });
});

test('a profile that we made is found as ours', async () => {
  const { connector } = setUp();
  await connector.create(request);
  expect(await connector.find(request)).toMatchObject({
    kind: 'one',
    account: { accountId: 'auth0|1', carries: 'ours' },
  });
  expect(await connector.create(request)).toEqual({ kind: 'exists' });
});

test('a row that somebody else made is not ours', async () => {
  const { rows, connector } = setUp();
  rows.set('auth0|1', { user_id: 'auth0|1', preferredCategories: ['x'] });
  expect(await connector.find(request)).toEqual({ kind: 'none' });
});

test('a user attribute cannot overwrite the key or the externalId', async () => {
  const { rows } = setUp();
  const client = { send: async (command: PutCommand) => rows.set('row', command.input.Item ?? {}) };
  const greedy = anAccountRequest({ externalId: 'stolen' }, { rules: sameNames('externalId', 'user_id') });
  await createProfileConnector(client as never, 'profiles', { user_id: 'x' }).create(greedy);
  expect(rows.get('row')).toEqual({ user_id: 'auth0|1', externalId: 'acme/dev/auth0|1' });
});

test('fails as retry when the table is away', async () => {
  const { connector } = setUp(true);
  await expect(connector.find(request)).rejects.toMatchObject({ code: 'remote-unavailable' });
  await expect(connector.create(request)).rejects.toMatchObject({ code: 'remote-unavailable' });
});

test.each([
  ['ValidationException', 'remote-rejected'],
  ['AccessDeniedException', 'remote-unauthorized'],
  ['ResourceNotFoundException', 'remote-misconfigured'],
  ['ProvisionedThroughputExceededException', 'remote-unavailable'],
])('fails on %s as %s', async (name, code) => {
  const client = {
    send: async () => {
      throw Object.assign(new Error('no'), { name });
    },
  };
  const connector = createProfileConnector(client as never, 'profiles', defaults);
  await expect(connector.create(request)).rejects.toMatchObject({ code });
});
