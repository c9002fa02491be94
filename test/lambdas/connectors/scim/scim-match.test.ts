import type { Account } from '../../../../lambdas/connectors/connector';
import { anAccountRequest } from '../../../helpers/account-request';
import { anAnswer } from '../../../helpers/an-answer';
import { aScimConnector } from './helpers/a-scim-connector';

const request = anAccountRequest({ email: 'marko@example.com', username: 'marko' });

function aServer(...answers: object[]) {
  const asked: { method: string; url: URL; body: unknown }[] = [];
  const { connector } = aScimConnector(({ method, url, body }) => {
    asked.push({ method, url: new URL(url), body: body === undefined ? undefined : JSON.parse(body) });
    const { status = 200, ...json } = (answers.shift() ?? {}) as { status?: number };
    return anAnswer(status, json);
  });
  return { connector, asked };
}

const listOf = (...Resources: object[]) => ({ totalResults: Resources.length, Resources });

const matching = (attribute: string, value: string, answer: object) =>
  aServer(answer).connector.match?.({ attribute, value }, request);

describe('an account looked up by what it shows', () => {
  test('is asked for by one filter, with its value quoted', async () => {
    const { connector, asked } = aServer(listOf());
    const trait = { attribute: 'emails.value', value: 'a" or userName pr or userName eq "' };
    expect(await connector.match?.(trait, request)).toEqual({ kind: 'none' });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.url.searchParams.get('filter')).toBe(
      'emails.value eq "a\\" or userName pr or userName eq \\""',
    );
  });

  test.each([
    ['userName', { userName: 'MARKO@example.com' }],
    ['emails.value', { emails: [{ value: 'x@example.com' }, { value: 'marko@example.com' }] }],
    ['EMAILS.value', { Emails: [{ Value: 'marko@example.com' }] }],
    ['urn:x:params:2.0:User:contact', { 'urn:x:params:2.0:User': { contact: 'marko@example.com' } }],
    ['urn:x:params:2.0:User:a.b', { 'urn:x:params:2.0:User': { a: { b: 'marko@example.com' } } }],
  ])('is found by %s', async (attribute, shown) => {
    const resource = { id: 'a1', ...shown };
    expect(await matching(attribute, 'marko@example.com', listOf(resource))).toEqual({
      kind: 'one',
      account: { accountId: 'a1', carries: 'none', snapshot: resource },
    });
  });

  test.each([
    [undefined, 'none'],
    [null, 'none'],
    ['', 'none'],
    ['acme/dev/auth0|1', 'ours'],
    ['ACME/dev/auth0|1', 'another'],
    ['legacy-7', 'another'],
    [7, 'another'],
  ])('with externalId %j carries %s', async (externalId, carries) => {
    const found = await matching('userName', 'marko', listOf({ id: 'a1', userName: 'marko', externalId }));
    expect(found).toMatchObject({ kind: 'one', account: { carries } });
  });

  test('several times is many, also where the server shows only the first page of them', async () => {
    const one = { id: 'a1', userName: 'marko' };
    expect(await matching('userName', 'marko', listOf(one, { ...one, id: 'a2' }))).toEqual({ kind: 'many' });
    expect(await matching('userName', 'marko', { totalResults: 51, Resources: [one] })).toEqual({
      kind: 'many',
    });
  });

  // The sign for Kelvin in lower case is a k, and the address of the one person that of the other.
  test('is not found by an address that is equal only to who folds all of Unicode', async () => {
    const kelvin = 'mar\u212Ao@example.com';
    const theirs = { id: 'a1', userName: kelvin };
    expect(await matching('userName', 'marko@example.com', listOf(theirs))).toEqual({ kind: 'none' });
    const marko = { id: 'a1', userName: 'marko@example.com' };
    expect(await matching('userName', kelvin, listOf(marko))).toEqual({ kind: 'none' });
  });

  test.each([
    ['everybody', { id: 'a1', userName: 'eve' }],
    ['accounts that do not show it', { id: 'a1' }],
  ])('rejects with filter-ignored when the server answers with %s', async (_, resource) => {
    await expect(matching('userName', 'marko', listOf(resource))).rejects.toMatchObject({
      code: 'filter-ignored',
    });
  });

  test.each([
    [{ status: 503 }, 'remote-unavailable'],
    [{ status: 404 }, 'remote-misconfigured'],
    [{ Resources: [] }, 'remote-invalid-answer'],
  ])('fails when the look-up fails, which is never none: %j', async (answer, code) => {
    await expect(matching('userName', 'marko', answer)).rejects.toMatchObject({ code });
  });
});

test('a change of an account without externalId gives it ours, and of one with ours does not send it', async () => {
  const account = (snapshot: object): Account => ({ accountId: 'a1', carries: 'none', snapshot });
  const shown = { userName: 'marko', displayName: 'marko', emails: [{ value: 'marko@example.com' }] };
  const { connector, asked } = aServer({}, {});
  expect(await connector.change(account(shown), request)).toBe('changed');
  const ours = { ...shown, externalId: request.externalId };
  expect(await connector.change(account(ours), request)).toBe('unchanged');
  expect(asked).toMatchObject([
    { body: { Operations: [{ op: 'replace', path: 'externalId', value: request.externalId }] } },
  ]);
});
