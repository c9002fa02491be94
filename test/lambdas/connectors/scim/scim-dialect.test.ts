import type { MappingRule } from '../../../../lambdas/connectors/intent/mapping-rule';
import type { Dialect } from '../../../../lambdas/connectors/scim/dialect';
import type { HttpAnswer, HttpRequest } from '../../../../lambdas/runtime/http';
import { anAccountRequest } from '../../../helpers/account-request';
import { anAnswer } from '../../../helpers/an-answer';
import { aScimConnector, listOf } from './helpers/a-scim-connector';

const URN = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const user = { user_id: 'auth0|1', email: 'ada@example.com', name: 'Ada', given_name: 'Ada', dept: 'R' };
const rules: readonly MappingRule[] = [
  { to: 'userName', from: ['user_id'], text: true, required: true },
  { to: 'displayName', from: ['name'], text: true },
  { to: 'name.givenName', from: ['given_name'], text: true },
  { to: 'emails', from: ['email'], text: true },
  { to: `${URN}:department`, from: ['dept'], text: true },
  { to: `${URN}:external`, from: ['external'] },
];
const wanted = (more: object = {}) => anAccountRequest({ ...user, ...more }, { rules });
const shown = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  ...{ id: 'a1', externalId: 'acme/dev/auth0|1', userName: 'auth0|1', displayName: 'Ada', active: true },
  name: { givenName: 'Ada', familyName: 'Lovelace' },
  emails: [{ value: 'ada@example.com', primary: true }],
  [URN]: { department: 'R', costCenter: '7' },
  title: 'Countess',
  groups: [{ value: 'g1' }],
  meta: { resourceType: 'User', version: 'W/"7"' },
};
const account = { accountId: 'a1', carries: 'ours', snapshot: shown } as const;

function speaking(dialect: Partial<Dialect>, ...answers: HttpAnswer[]) {
  let asked = 0;
  const { connector, requests } = aScimConnector(
    () => answers[Math.min(++asked, answers.length) - 1] as HttpAnswer,
    dialect,
  );
  const bodies = () => requests.map(({ body }) => (body === undefined ? undefined : JSON.parse(body)));
  return { connector, requests, bodies };
}

describe('a search', () => {
  const filterOf = ({ url }: HttpRequest) => new URL(url).searchParams.get('filter');

  test('asks for the user name where externalId cannot be asked for, and takes the externalId alone for proof', async () => {
    const ours = { id: 'a1', userName: 'auth0|1', externalId: 'acme/dev/auth0|1' };
    const found = speaking({ filter: ['userName'] }, listOf(ours));
    expect(await found.connector.find(wanted())).toMatchObject({ kind: 'one', account: { accountId: 'a1' } });
    expect(found.requests.map(filterOf)).toEqual(['userName eq "auth0|1"']);
    const { externalId: _none, ...without } = ours;
    for (const other of [
      without,
      { ...ours, externalId: 'acme/dev/auth0|2' },
      { ...ours, externalId: 'ACME/dev/auth0|1' },
    ]) {
      const { connector } = speaking({ filter: ['userName'] }, listOf(other));
      expect(await connector.find(wanted())).toEqual({ kind: 'none' });
    }
  });

  test('rejects a server that answers it with somebody of another name', async () => {
    const other = { id: 'a1', userName: 'somebody', externalId: 'acme/dev/auth0|1' };
    const { connector } = speaking({ filter: ['userName'] }, listOf(other));
    await expect(connector.find(wanted())).rejects.toMatchObject({ code: 'filter-ignored' });
  });

  test('fails where there is no name to ask for, instead of concluding "not found"', async () => {
    const nameless = anAccountRequest(
      { user_id: 'auth0|1' },
      { rules: [{ to: 'userName', from: ['nickname'] }] },
    );
    const { connector, requests } = speaking({ filter: ['userName'] }, listOf());
    await expect(async () => connector.find(nameless)).rejects.toMatchObject({ code: 'invalid-value' });
    expect(requests).toEqual([]);
  });

  test('of a page that is full or not the last one may mean somebody who is not shown', async () => {
    const twin = { id: 'a2', externalId: 'ACME/DEV/AUTH0|1' };
    const full = speaking({ maxResults: 2 }, listOf(twin, { ...twin, id: 'a3' }));
    expect(await full.connector.find(wanted())).toEqual({ kind: 'many' });
    expect(new URL(full.requests[0]?.url ?? '').searchParams.get('count')).toBe('2');
    const more = anAnswer(200, { totalResults: 3, Resources: [twin] });
    expect(await speaking({ maxResults: 2 }, more).connector.find(wanted())).toEqual({ kind: 'many' });
    expect(await speaking({ maxResults: 2 }, listOf(shown)).connector.find(wanted())).toMatchObject({
      kind: 'one',
    });
  });
});

describe('a change without paths', () => {
  const spoken = (dialect: Partial<Dialect> = {}) =>
    speaking({ patch: 'without-path', ...dialect }, anAnswer(200, shown));

  test('is one operation, with the parts that stay and none for what goes', async () => {
    const { connector, bodies } = spoken();
    const request = wanted({ email: 'new@example.com', given_name: '', name: '', dept: 'S' });
    expect(await connector.change(account, request)).toBe('changed');
    expect(bodies()[0].Operations).toEqual([
      {
        op: 'replace',
        value: {
          displayName: null,
          name: { givenName: null, familyName: 'Lovelace' },
          emails: [{ value: 'new@example.com', primary: true }],
          [URN]: { department: 'S', costCenter: '7' },
        },
      },
    ]);
  });

  test('empties a list, and writes truth values as the server wants them', async () => {
    const gone = spoken();
    await gone.connector.change(account, wanted({ email: '' }));
    expect(gone.bodies()[0].Operations[0].value).toEqual({ emails: [] });
    const off = spoken({ booleans: 'True' });
    await off.connector.setActive(account, false);
    expect(off.bodies()[0].Operations[0].value).toEqual({ active: 'False' });
    expect(off.requests[0]?.method).toBe('PATCH');
  });
});

describe('a change of the whole account', () => {
  const fresh = { ...shown, nickName: 'Al', title: 'Lady' };
  const put = (...answers: HttpAnswer[]) => speaking({ patch: 'put' }, ...answers);

  test('is made of what is there now, keeps what is others, and is meant for this version alone', async () => {
    const { connector, requests, bodies } = put(anAnswer(200, fresh, { etag: 'W/"8"' }), anAnswer(200));
    expect(await connector.change(account, wanted({ email: 'new@example.com', given_name: '' }))).toBe(
      'changed',
    );
    expect(requests.map(({ method }) => method)).toEqual(['GET', 'PUT']);
    expect(requests[1]?.headers['if-match']).toBe('W/"8"');
    const { meta: _meta, groups: _groups, ...rest } = fresh;
    expect(bodies()[1]).toEqual({
      ...rest,
      name: { familyName: 'Lovelace' },
      emails: [{ value: 'new@example.com', primary: true }],
    });
  });

  test('names an extension that it begins', async () => {
    const { [URN]: _extension, ...bare } = fresh;
    const { connector, bodies } = put(anAnswer(200, bare), anAnswer(200));
    await connector.change(account, wanted());
    expect(bodies()[1]).toMatchObject({ schemas: [...shown.schemas, URN], [URN]: { department: 'R' } });
  });

  test.each([
    [{ version: 'W/"9"' }, 'W/"9"'],
    [{ version: '"strong"' }, '"strong"'],
    [{ version: 'unquoted' }, undefined],
    [{ version: 'W/"x"\r\nevil: 1' }, undefined],
    [{ version: 7 }, undefined],
    [null, undefined],
  ])('takes the version that %j shows for %j, where there is no header', async (meta, version) => {
    const { connector, requests } = put(anAnswer(200, { ...fresh, meta }), anAnswer(200));
    await connector.setActive(account, false);
    expect(requests[1]?.headers['if-match']).toBe(version);
  });

  test('sends nothing when the account is as it should be by now', async () => {
    const { connector, requests } = put(anAnswer(200, fresh));
    expect(await connector.change({ ...account, snapshot: { ...shown, emails: [] } }, wanted())).toBe(
      'unchanged',
    );
    expect(await connector.setActive(account, true)).toBe('unchanged');
    expect(requests.map(({ method }) => method)).toEqual(['GET', 'GET']);
  });

  test.each([
    ['somebody wrote in between', anAnswer(200, fresh), anAnswer(412), 'remote-unavailable'],
    [
      "it became somebody else's",
      anAnswer(200, { ...fresh, externalId: 'x' }),
      anAnswer(200),
      'remote-unavailable',
    ],
    [
      'it is not the account that was asked for',
      anAnswer(200, { ...fresh, id: 'a2' }),
      anAnswer(200),
      'remote-invalid-answer',
    ],
    ['it is not JSON', anAnswer(200, '<html>'), anAnswer(200), 'remote-invalid-answer'],
    ['it is refused', anAnswer(200, fresh), anAnswer(400), 'remote-rejected'],
  ])('fails when %s', async (_what, first, second, code) => {
    const { connector } = put(first, second);
    await expect(connector.change(account, wanted({ name: 'B' }))).rejects.toMatchObject({ code });
  });

  test('of an account that is not there any more is none, and one that is taken is said', async () => {
    expect(await put(anAnswer(404)).connector.change(account, wanted({ name: 'B' }))).toBe('gone');
    expect(
      await put(anAnswer(200, fresh), anAnswer(404)).connector.change(account, wanted({ name: 'B' })),
    ).toBe('gone');
    expect(
      await put(anAnswer(200, fresh), anAnswer(409)).connector.change(account, wanted({ name: 'B' })),
    ).toBe('exists');
  });
});

describe('what is sent', () => {
  test('has the media type of the dialect, and answers may have either', async () => {
    const { connector, requests } = speaking({ mediaType: 'application/json' }, anAnswer(201, { id: 'a1' }));
    await connector.create(wanted());
    expect(requests[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      accept: 'application/scim+json, application/json',
    });
  });

  test.each([
    ['json', true, true],
    ['True', 'True', 'True'],
    ['true', 'true', 'true'],
  ] as const)('has truth values as %s', async (booleans, active, external) => {
    const { connector, bodies } = speaking({ booleans, valueType: 'work' }, anAnswer(201, { id: 'a1' }));
    await connector.create(wanted({ external: true }));
    expect(bodies()[0]).toMatchObject({ active, [URN]: { external } });
    expect(bodies()[0].emails).toEqual([{ value: 'ada@example.com', type: 'work', primary: active }]);
  });

  test('is nothing for a truth value that the server shows as a text', async () => {
    const { connector, requests } = speaking({ booleans: 'True' }, anAnswer(200));
    const snapshot = { ...shown, active: 'True', [URN]: { department: 'R', external: 'True' } };
    expect(await connector.change({ ...account, snapshot }, wanted({ external: true }))).toBe('unchanged');
    expect(await connector.setActive({ ...account, snapshot }, true)).toBe('unchanged');
    expect(requests).toEqual([]);
    expect(await connector.change({ ...account, snapshot }, wanted({ external: false }))).toBe('changed');
  });
});

describe('a server that removes nothing', () => {
  test('switches the account off, is never asked to delete, and says that it is still there', async () => {
    const { connector, requests } = speaking({ removal: 'disable' }, anAnswer(200));
    await expect(connector.remove(account)).rejects.toMatchObject({ code: 'removal-unsupported' });
    expect(requests.map(({ method }) => method)).toEqual(['PATCH']);
  });

  test('of an account that somebody removed says that it is gone', async () => {
    const { connector } = speaking({ removal: 'disable' }, anAnswer(404));
    expect(await connector.remove(account)).toBe('gone');
  });
});
