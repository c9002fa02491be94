import type { Account } from '../../../../lambdas/connectors/connector';
import { HttpError } from '../../../../lambdas/runtime/http';
import { anAccountRequest } from '../../../helpers/account-request';
import { anAnswer } from '../../../helpers/an-answer';
import { aScimConnector } from './helpers/a-scim-connector';

const request = anAccountRequest({
  ...{ email: 'ada@example.com', username: 'ada', name: 'Ada Lovelace' },
  ...{ given_name: 'Ada', family_name: 'Lovelace' },
});

/** The account as the server shows it when nothing differs, with what else somebody keeps in it. */
const resource = {
  id: 'a/1',
  externalId: request.externalId,
  userName: 'ada',
  active: true,
  displayName: 'Ada Lovelace',
  name: { givenName: 'Ada', familyName: 'Lovelace', honorificPrefix: 'Countess' },
  emails: [
    { value: 'old@example.com', type: 'home' },
    { value: 'ada@example.com', primary: true },
  ],
  title: 'Analyst',
};

const accountOf = (snapshot: object): Account => ({ accountId: 'a/1', carries: 'ours', snapshot });

function setUp(status: number, body: unknown = '') {
  const { connector, requests } = aScimConnector(() => {
    if (status === 0) throw new HttpError('timeout');
    return anAnswer(status, body);
  });
  const operations = () => JSON.parse(requests[0]?.body ?? '{}').Operations;
  return { connector, requests, operations };
}

const changing = async (shown: object, status = 200) => {
  const { connector, ...seen } = setUp(status);
  return { result: await connector.change(accountOf(shown), request), ...seen };
};

describe('reading an account by its id', () => {
  test('asks for that id, encoded for the address', async () => {
    const { connector, requests } = setUp(200, resource);
    expect(await connector.read('a/1', request)).toEqual({ kind: 'one', account: accountOf(resource) });
    expect(requests).toMatchObject([
      { method: 'GET', url: 'https://crm.example.com/scim/v2/Users/a%2F1', timeoutMs: 5000 },
    ]);
  });

  test('sees an account of somebody else as one that is not ours', async () => {
    const foreign = { ...resource, externalId: 'acme/dev/auth0|2' };
    expect(await setUp(200, foreign).connector.read('a/1', request)).toMatchObject({
      kind: 'one',
      account: { carries: 'another' },
    });
  });

  test('takes 404 for none, which it is for no other address', async () => {
    expect(await setUp(404).connector.read('a/1', request)).toEqual({ kind: 'none' });
    await expect(setUp(404).connector.find(request)).rejects.toMatchObject({ code: 'remote-misconfigured' });
    await expect(setUp(404).connector.create(request)).rejects.toMatchObject({
      code: 'remote-misconfigured',
    });
  });

  test.each([
    ['another account', { ...resource, id: 'a2' }],
    ['a list', { totalResults: 1, Resources: [resource] }],
    ['an account without id', { externalId: request.externalId }],
    ['no JSON', '<html>'],
    ['nothing', ''],
  ])('fails on %s instead of taking it for the one that was asked for', async (_what, body) => {
    await expect(setUp(200, body).connector.read('a/1', request)).rejects.toMatchObject({
      code: 'remote-invalid-answer',
    });
  });
});

describe('changing an account', () => {
  test('that shows everything costs no call, whatever else somebody keeps in it', async () => {
    const { result, requests } = await changing(resource);
    expect(result).toBe('unchanged');
    expect(requests).toEqual([]);
  });

  test.each([
    ['userName', { userName: 'al' }, 'ada'],
    ['displayName', { displayName: undefined }, 'Ada Lovelace'],
    ['name.givenName', { name: { familyName: 'Lovelace' } }, 'Ada'],
    ['name.familyName', { name: { givenName: 'Ada', familyName: 7 } }, 'Lovelace'],
    ['emails', { emails: [] }, [{ value: 'ada@example.com', primary: true }]],
    ['emails', { emails: 'broken' }, [{ value: 'ada@example.com', primary: true }]],
  ])('replaces %s alone where the account shows %j', async (path, shown, value) => {
    const { result, requests, operations } = await changing({ ...resource, ...shown });
    expect(result).toBe('changed');
    expect(operations()).toEqual([{ op: 'replace', path, value }]);
    expect(requests).toMatchObject([{ method: 'PATCH', url: 'https://crm.example.com/scim/v2/Users/a%2F1' }]);
    expect(JSON.parse(requests[0]?.body ?? '').schemas).toEqual([
      'urn:ietf:params:scim:api:messages:2.0:PatchOp',
    ]);
  });

  test('never touches the externalId, the switch, or what the profile does not say', async () => {
    const { connector, operations } = setUp(200);
    const bare = anAccountRequest({ username: 'countess' });
    const off = { ...resource, active: false, externalId: request.externalId };
    await connector.change(accountOf(off), bare);
    expect(operations().map(({ path }: { path: string }) => path)).toEqual(['userName', 'displayName']);
  });

  test('knows the address of a server that marks none as primary', async () => {
    const emails = [{ value: 'ada@example.com' }];
    expect((await changing({ ...resource, emails })).result).toBe('unchanged');
  });

  test('understands 409 as "another one has it", and 404 as "gone"', async () => {
    expect((await changing({ ...resource, userName: 'al' }, 409)).result).toBe('exists');
    expect((await changing({ ...resource, userName: 'al' }, 404)).result).toBe('gone');
  });

  test.each([
    [400, 'remote-rejected'],
    [422, 'remote-rejected'],
    [401, 'remote-unauthorized'],
    [405, 'remote-misconfigured'],
    [429, 'remote-throttled'],
    [503, 'remote-unavailable'],
    [0, 'remote-timeout'],
  ])('fails on %i as %s', async (status, code) => {
    await expect(changing({ ...resource, userName: 'al' }, status)).rejects.toMatchObject({ code });
  });
});

describe('switching an account', () => {
  test.each([
    [true, true],
    ['True', true],
    ['true', true],
    [undefined, true],
    [false, false],
    ['False', false],
    [null, false],
    ['no', false],
  ])('that shows active: %j to %s costs no call', async (active, wanted) => {
    const { connector, requests } = setUp(200);
    expect(await connector.setActive(accountOf({ ...resource, active }), wanted)).toBe('unchanged');
    expect(requests).toEqual([]);
  });

  test.each([
    ['True', false],
    [undefined, false],
    ['False', true],
    [null, true],
  ])('that shows active: %j to %s replaces that alone', async (active, wanted) => {
    const { connector, operations } = setUp(204);
    expect(await connector.setActive(accountOf({ ...resource, active }), wanted)).toBe('changed');
    expect(operations()).toEqual([{ op: 'replace', path: 'active', value: wanted }]);
  });

  test('understands 404 as "gone"', async () => {
    expect(await setUp(404).connector.setActive(accountOf(resource), false)).toBe('gone');
  });

  test('fails on 409 as retry: an account that may not be switched off is not off', async () => {
    await expect(setUp(409).connector.setActive(accountOf(resource), false)).rejects.toMatchObject({
      code: 'remote-unavailable',
    });
  });
});

describe('removing an account', () => {
  test('deletes it by its id', async () => {
    const { connector, requests } = setUp(204);
    expect(await connector.remove(accountOf(resource))).toBe('removed');
    expect(requests).toMatchObject([
      { method: 'DELETE', url: 'https://crm.example.com/scim/v2/Users/a%2F1' },
    ]);
    expect(requests[0]?.body).toBeUndefined();
  });

  test('understands 404 as "gone"', async () => {
    expect(await setUp(404).connector.remove(accountOf(resource))).toBe('gone');
  });

  test.each([
    [409, 'remote-unavailable'],
    [405, 'remote-misconfigured'],
    [400, 'remote-misconfigured'],
    [403, 'remote-unauthorized'],
    [500, 'remote-unavailable'],
  ])('fails on %i as %s: the account is still there', async (status, code) => {
    await expect(setUp(status).connector.remove(accountOf(resource))).rejects.toMatchObject({ code });
  });
});
