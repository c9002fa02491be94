import { DIALECTS } from '../../../../lambdas/connectors/scim/dialect';
import { createScimConnector } from '../../../../lambdas/connectors/scim/scim-connector';
import { toScimUser } from '../../../../lambdas/connectors/scim/scim-mapping';
import { type HttpAnswer, HttpError } from '../../../../lambdas/runtime/http';
import { anAccountRequest } from '../../../helpers/account-request';
import { anAnswer } from '../../../helpers/an-answer';
import { NOW } from '../../../helpers/events';
import { aScimConnector, listOf } from './helpers/a-scim-connector';

const request = anAccountRequest({ email: 'ada@example.com' }, { externalId: 'acme/dev/auth0|O"Brien' });

const setUp = (reply: HttpAnswer | Error) =>
  aScimConnector(() => {
    if (reply instanceof Error) throw reply;
    return reply;
  });

describe('looking an account up', () => {
  test('asks for our externalId, quoted for the filter and encoded for the address', async () => {
    const { connector, requests } = setUp(listOf());
    expect(await connector.find(request)).toEqual({ kind: 'none' });
    const url = new URL(requests[0]?.url ?? '');
    expect(url.pathname).toBe('/scim/v2/Users');
    expect(url.searchParams.get('filter')).toBe('externalId eq "acme/dev/auth0|O\\"Brien"');
    expect(requests[0]?.headers.authorization).toBe('Bearer token-1');
  });

  test('finds one, or many', async () => {
    const one = { id: 'a1', externalId: request.externalId };
    expect(await setUp(listOf(one)).connector.find(request)).toEqual({
      kind: 'one',
      account: { accountId: 'a1', carries: 'ours', snapshot: one },
    });
    expect(await setUp(listOf(one, { ...one, id: 'a2' })).connector.find(request)).toEqual({ kind: 'many' });
  });

  test('does not take another case of our externalId for ours', async () => {
    const { connector } = setUp(listOf({ id: 'a1', externalId: request.externalId.toUpperCase() }));
    expect(await connector.find(request)).toEqual({ kind: 'none' });
  });

  test('takes a list without Resources and without results as none', async () => {
    expect(await setUp(anAnswer(200, { totalResults: 0 })).connector.find(request)).toEqual({ kind: 'none' });
  });

  test('rejects a system that answers with accounts we did not ask for', async () => {
    const { connector } = setUp(listOf({ id: 'a1', externalId: 'somebody' }, { id: 'a2' }));
    await expect(connector.find(request)).rejects.toMatchObject({ code: 'filter-ignored' });
  });

  test.each([
    ['no list', {}],
    ['results that are not shown', { totalResults: 3, Resources: [] }],
    ['no JSON', '<html>'],
    ['null', 'null'],
    ['an account without id', { totalResults: 1, Resources: [{ externalId: request.externalId }] }],
    ['Resources that are no array', { totalResults: 1, Resources: 'x' }],
  ])('fails on %s instead of concluding "not found"', async (_what, body) => {
    const { connector } = setUp(anAnswer(200, body));
    await expect(connector.find(request)).rejects.toMatchObject({ code: 'remote-invalid-answer' });
  });

  test('fails on 404, which says nothing about one account', async () => {
    await expect(setUp(anAnswer(404)).connector.find(request)).rejects.toMatchObject({
      code: 'remote-misconfigured',
    });
  });
});

describe('creating an account', () => {
  test('sends our externalId and understands the id', async () => {
    const { connector, requests } = setUp(anAnswer(201, { id: 'a1' }));
    expect(await connector.create(request)).toEqual({ kind: 'created', accountId: 'a1' });
    expect(JSON.parse(requests[0]?.body ?? '')).toMatchObject({
      externalId: request.externalId,
      active: true,
    });
  });

  test.each(['', '{}', 'null', '{"id":7}', '<html>'])(
    'understands 201 with %j as made under an id we do not know',
    async (body) => {
      expect(await setUp(anAnswer(201, body)).connector.create(request)).toEqual({ kind: 'created-unnamed' });
    },
  );

  test('understands 409 as "something is there"', async () => {
    expect(await setUp(anAnswer(409)).connector.create(request)).toEqual({ kind: 'exists' });
  });

  test.each([
    [429, 'remote-throttled'],
    [401, 'remote-unauthorized'],
    [403, 'remote-unauthorized'],
    [404, 'remote-misconfigured'],
    [302, 'remote-misconfigured'],
    [500, 'remote-unavailable'],
    [503, 'remote-unavailable'],
    [400, 'remote-rejected'],
    [422, 'remote-rejected'],
  ])('fails on %i as %s', async (status, code) => {
    await expect(setUp(anAnswer(status, '{}')).connector.create(request)).rejects.toMatchObject({ code });
  });

  test.each([
    ['timeout', 'remote-timeout'],
    ['unreachable', 'remote-unavailable'],
    ['too-large', 'remote-invalid-answer'],
  ] as const)('fails on %s as %s', async (reason, code) => {
    await expect(setUp(new HttpError(reason)).connector.create(request)).rejects.toMatchObject({ code });
  });

  test.each([
    ['7', 7000],
    ['Fri, 20 Nov 2026 10:01:00 GMT', 60_000],
    ['Fri, 20 Nov 2026 09:00:00 GMT', 0],
    ['soon', undefined],
    ['-5', undefined],
  ])('hears Retry-After: %s', async (value, retryAfterMs) => {
    const { connector } = setUp(anAnswer(429, '', { 'retry-after': value }));
    await expect(connector.create(request)).rejects.toMatchObject({ code: 'remote-throttled', retryAfterMs });
  });

  test('fails as retry when its token cannot be read', async () => {
    const connector = createScimConnector({
      baseUrl: 'https://crm.example.com',
      dialect: DIALECTS.rfc,
      token: async () => {
        throw new Error('denied');
      },
      http: async () => anAnswer(200),
      timeoutMs: 1,
      now: () => NOW,
    });
    await expect(connector.find(request)).rejects.toMatchObject({ code: 'secret-unavailable' });
  });
});

describe('the mapping', () => {
  test.each([
    [{ username: 'ada', email: 'a@example.com' }, 'ada'],
    [{ email: 'a@example.com' }, 'a@example.com'],
    [{ username: '' }, 'sms|1'],
  ])('takes the user name of %j as %s', (fields, userName) => {
    expect(toScimUser(anAccountRequest({ user_id: 'sms|1', ...fields }), DIALECTS.rfc).userName).toBe(
      userName,
    );
  });

  test('sends only what it knows', () => {
    expect(toScimUser(anAccountRequest({ user_id: 'sms|1' }), DIALECTS.rfc)).toEqual({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      externalId: 'acme/dev/sms|1',
      userName: 'sms|1',
      active: true,
    });
  });

  test('sends names where the event has them', () => {
    const user = {
      name: 'Ada L.',
      given_name: 'Ada',
      family_name: 'Lovelace',
      email: 'a@example.com',
    };
    expect(toScimUser(anAccountRequest(user), DIALECTS.rfc)).toMatchObject({
      displayName: 'Ada L.',
      name: { givenName: 'Ada', familyName: 'Lovelace' },
      emails: [{ value: 'a@example.com', primary: true }],
    });
  });
});
