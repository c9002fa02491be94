import * as fc from 'fast-check';
import { MASK, maskedHeaders, maskedJson, maskedUrl } from '../../../../lambdas/connectors/explain/masked';
import { PROFILE_EXPLAINED } from '../../../../lambdas/connectors/profile/profile-explained';
import { scimExplained } from '../../../../lambdas/connectors/scim/scim-explained';

const BASE = 'https://crm.example.com/scim/v2';
const { plain } = scimExplained(BASE);

describe('the body of a request', () => {
  test('keeps its shape and none of its values', () => {
    const body = {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      externalId: 'acme/dev/auth0|1',
      userName: 'ada',
      name: { givenName: 'Ada', familyName: null },
      emails: [{ value: 'ada@example.com', primary: true }],
      verified: true,
      employee: 4711,
      active: true,
    };
    expect(maskedJson(body, plain)).toEqual({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      externalId: MASK,
      userName: MASK,
      name: { givenName: MASK, familyName: null },
      emails: MASK,
      verified: MASK,
      employee: MASK,
      active: true,
    });
  });

  test('shows which attributes of an account change, and not to what', () => {
    const Operations = [
      { op: 'replace', path: 'name.givenName', value: 'Ada' },
      { op: 'replace', path: 'emails', value: [{ 'ada@example.com': 'work', value: 'ada@example.com' }] },
      { op: 'remove', path: 'title' },
    ];
    expect(maskedJson({ Operations }, plain)).toEqual({
      Operations: [
        { op: 'replace', path: 'name.givenName', value: MASK },
        { op: 'replace', path: 'emails', value: MASK },
        { op: 'remove', path: 'title' },
      ],
    });
  });

  test('shows of a write to a table its conditions and names', () => {
    const input = {
      TableName: 'Profiles',
      Key: { user_id: 'auth0|1' },
      UpdateExpression: 'SET #0 = :0',
      ExpressionAttributeNames: { '#0': 'email' },
      ExpressionAttributeValues: { ':0': 'ada@example.com', ':1': ['admin'] },
    };
    expect(maskedJson(input, PROFILE_EXPLAINED.plain)).toEqual({
      ...input,
      Key: { user_id: MASK },
      ExpressionAttributeValues: { ':0': MASK, ':1': MASK },
    });
  });

  test('of a kind that says nothing of itself shows no value at all', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (body) => {
        const leaves: unknown[] = [];
        JSON.stringify(maskedJson(body, []), (_, value) => {
          if (typeof value !== 'object') leaves.push(value);
          return value;
        });
        expect(leaves.every((leaf) => leaf === MASK)).toBe(true);
      }),
    );
  });

  test('gives no value a way out by being called as something plain', () => {
    const body = {
      name: { schemas: 'ada', active: 'ada' },
      path: 'ada',
      Operations: [{ value: { op: 'ada' } }],
    };
    expect(JSON.stringify(maskedJson(body, plain))).not.toContain('ada');
  });
});

describe('an address', () => {
  const shown = (path: string, reveal = false) => maskedUrl(`${BASE}${path}`, BASE, reveal);

  test('says what is asked by, and not for whom', () => {
    const filter = encodeURIComponent('externalId eq "acme/dev/auth0|1"');
    expect(shown(`/Users?filter=${filter}`)).toBe(`${BASE}/Users?filter=externalId eq "${MASK}"`);
    expect(shown(`/Users?filter=${filter}`, true)).toBe(
      `${BASE}/Users?filter=externalId eq "acme/dev/auth0|1"`,
    );
    expect(shown('/Users/ada%40example.com')).toBe(`${BASE}/Users/${MASK}`);
    expect(shown('/Users/ada%40example.com', true)).toBe(`${BASE}/Users/ada@example.com`);
  });

  test('shows of a path the first name, or none but the names that hold nothing of anybody', () => {
    const base = 'https://desk.example.com/api/agents';
    const path = '/ada%40example.com/teams/support';
    expect(maskedUrl(`${base}${path}`, base, false, ['teams'])).toBe(`${base}/${MASK}/teams/${MASK}`);
    expect(maskedUrl(`${base}${path}`, base, true, ['teams'])).toBe(`${base}/ada@example.com/teams/support`);
    expect(maskedUrl(`${base}${path}`, base, false, [])).toBe(`${base}/${MASK}/${MASK}/${MASK}`);
    expect(maskedUrl(base, base, false, [])).toBe(base);
    expect(shown('/Users')).toBe(`${BASE}/Users`);
  });

  test.each([
    'userName eq "a" or userName eq "ada"',
    'userName eq "\\" eq \\"ada"',
    'ada',
    'userName co "ada"',
    '(userName eq "ada")',
    'userName eq ada\nuserName eq "ada"',
  ])('hides the value of the filter %j', (filter) => {
    expect(shown(`/Users?filter=${encodeURIComponent(filter)}&ada=ada`)).not.toMatch(/=ada|"ada|ada"/);
  });

  test('shows neither a password nor the key in the configured address, whoever asks', () => {
    const base = 'https://bob:hunter2@hooks.example.com/in?key=k-123';
    expect(maskedUrl(base, base, true)).toBe(`https://hooks.example.com/in?key=${MASK}`);
  });

  test('that is not below the configured one is nothing but its host', () => {
    expect(maskedUrl('https://other.example.com/ada/ada', BASE, true)).toBe(
      `https://other.example.com/${MASK}`,
    );
    expect(maskedUrl('https://crm.example.com/ada', undefined, false)).toBe(
      `https://crm.example.com/${MASK}`,
    );
  });
});

test('headers show the form of a message and no proof of who sends it', () => {
  const headers = {
    Authorization: 'Bearer secret-1',
    'x-api-key': 'secret-2',
    Cookie: 'secret-3',
    'webhook-signature': 'v1,secret-4',
    'webhook-id': 'msg_1',
    accept: 'application/scim+json',
  };
  const shown = maskedHeaders(headers);
  expect(JSON.stringify(shown)).not.toContain('secret');
  expect(shown).toMatchObject({
    accept: 'application/scim+json',
    'webhook-id': 'msg_1',
    Authorization: MASK,
  });
});
