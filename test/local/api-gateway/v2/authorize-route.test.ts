import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { JwtAuthorizerDefinition } from '../../../../local/api-gateway/v2/definitions';
import { authorizeRoute } from '../../../../local/api-gateway/v2/jwt/authorize-route';
import { createIssuerKeys, type KeysOf } from '../../../../local/api-gateway/v2/jwt/issuer-keys';

const ISSUER = 'https://tenant.example.com/';
const AUDIENCE = 'https://punctual/dev';
const NOW = Date.parse('2026-11-20T09:00:00Z');
const SECONDS = NOW / 1000;

const authorizer: JwtAuthorizerDefinition = {
  ...{ id: 'jwt', issuer: ISSUER, audiences: [AUDIENCE, 'other'] },
  source: { place: 'header', name: 'Authorization' },
};

type Pair = Awaited<ReturnType<typeof generateKeyPair>>;
let [ours, theirs]: Pair[] = [];
beforeAll(async () => {
  [ours, theirs] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
});

/** What the issuer answers, and how often it was asked. */
let outside: { asked: string[]; answers: Record<string, unknown> };
let now: number;
let keysOf: KeysOf;
beforeEach(async () => {
  const key = { ...(await exportJWK((ours as Pair).publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' };
  outside = {
    asked: [],
    answers: {
      [`${ISSUER}.well-known/openid-configuration`]: { issuer: ISSUER, jwks_uri: `${ISSUER}keys` },
      [`${ISSUER}keys`]: { keys: [key] },
    },
  };
  now = NOW;
  keysOf = createIssuerKeys({ now: () => now }, async (url) => {
    outside.asked.push(url);
    if (outside.answers[url] === undefined) throw new Error('no answer');
    return outside.answers[url];
  });
});

const CLAIMS = { iss: ISSUER, sub: 'auth0|one', aud: AUDIENCE, iat: SECONDS - 1, exp: SECONDS + 60 };

const aToken = (claims: Record<string, unknown> = {}, { header = {}, key = ours as Pair } = {}) =>
  new SignJWT({ ...CLAIMS, ...claims })
    .setProtectedHeader({ alg: 'RS256', kid: 'k1', ...header })
    .sign(key.privateKey);

const authorize = (token: string, scopes: string[] = []) =>
  authorizeRoute({ authorizer, scopes }, { headers: { authorization: token }, rawQuery: '' }, keysOf, {
    now: () => now,
  });

const refused = (error: string, words: string, type = 'UNAUTHORIZED') => ({
  type,
  headers: { 'www-authenticate': `Bearer scope="" error="${error}" error_description="${words}"` },
});

describe('a token', () => {
  test('is taken with and without its scheme, and handed on as texts', async () => {
    const token = await aToken({
      aud: ['x', AUDIENCE],
      scope: 'openid read',
      'https://n/user': { email: 'a@b' },
    });
    const expected = {
      claims: {
        ...{
          iss: ISSUER,
          sub: 'auth0|one',
          aud: `[x ${AUDIENCE}]`,
          iat: `${SECONDS - 1}`,
          exp: `${SECONDS + 60}`,
        },
        ...{ scope: 'openid read', 'https://n/user': 'map[email:a@b]' },
      },
      scopes: null,
    };
    await expect(authorize(token)).resolves.toEqual(expected);
    await expect(authorize(`bearer ${token}`)).resolves.toEqual(expected);
  });

  test('may come by query', async () => {
    const source = { place: 'querystring', name: 'token' } as const;
    const request = { headers: {}, rawQuery: `token=${await aToken()}` };
    const asked = authorizeRoute({ authorizer: { ...authorizer, source }, scopes: [] }, request, keysOf, {
      now: () => now,
    });
    await expect(asked).resolves.toMatchObject({ claims: { sub: 'auth0|one' } });
  });

  test('of a machine is judged by its application where it names no audience', async () => {
    const of = async (client_id: string) => authorize(await aToken({ client_id, aud: undefined }));
    await expect(of('other')).resolves.toMatchObject({ claims: { client_id: 'other' } });
    await expect(of('stranger')).rejects.toMatchObject({ type: 'UNAUTHORIZED' });
  });
});

describe('rejects', () => {
  test('a request without a token', async () => {
    for (const none of ['', 'Bearer '])
      await expect(authorize(none)).rejects.toMatchObject({
        ...{ type: 'UNAUTHORIZED', headers: { 'www-authenticate': 'Bearer' } },
      });
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['that has expired', { exp: SECONDS }, 'the token has expired'],
    ['that never expires', { exp: undefined }, 'the claim exp is not valid'],
    ['that is not valid yet', { nbf: SECONDS + 1 }, 'the claim nbf is not valid'],
    ['that was issued in the future', { iat: SECONDS + 1 }, 'the token was issued in the future'],
    ['of another issuer', { iss: 'https://evil.example.com/' }, 'the claim iss is not valid'],
    ['for another audience', { aud: 'https://elsewhere' }, 'the token does not have a valid audience'],
  ])('a token %s', async (_, claims, words) => {
    await expect(authorize(await aToken(claims))).rejects.toMatchObject(refused('invalid_token', words));
  });

  test('a token that somebody else signed, or that names no key', async () => {
    const invalid = refused('invalid_token', 'the token is invalid');
    await expect(authorize(await aToken({}, { key: theirs as Pair }))).rejects.toMatchObject(invalid);
    await expect(authorize(await aToken({}, { header: { kid: 'k2' } }))).rejects.toMatchObject(invalid);
    await expect(authorize(await aToken({}, { header: { kid: undefined } }))).rejects.toMatchObject(
      refused('invalid_token', 'the token names no key'),
    );
    await expect(authorize('not.a.token')).rejects.toMatchObject(invalid);
  });

  test('a token that is signed by a shared secret, or not at all', async () => {
    const secret = new TextEncoder().encode('x'.repeat(64));
    const shared = await new SignJWT(CLAIMS).setProtectedHeader({ alg: 'HS256', kid: 'k1' }).sign(secret);
    const [, payload] = shared.split('.');
    const header = Buffer.from(JSON.stringify({ alg: 'none', kid: 'k1' })).toString('base64url');
    for (const token of [shared, `${header}.${payload}.`])
      await expect(authorize(token)).rejects.toMatchObject({ type: 'UNAUTHORIZED' });
  });

  test('every token while the issuer cannot be asked, or is another one', async () => {
    const discovery = `${ISSUER}.well-known/openid-configuration`;
    const words = refused('invalid_token', 'OIDC discovery endpoint communication error');
    const good = outside.answers[discovery];
    delete outside.answers[discovery];
    await expect(authorize(await aToken())).rejects.toMatchObject(words);
    outside.answers[discovery] = { issuer: 'https://evil.example.com/', jwks_uri: `${ISSUER}keys` };
    await expect(authorize(await aToken())).rejects.toMatchObject(words);
    outside.answers[discovery] = good;
    await expect(authorize(await aToken())).resolves.toBeDefined();
  });
});

describe('scopes', () => {
  test('of a route need one that the token holds, as a text or as a list', async () => {
    for (const claims of [{ scope: 'a read' }, { scp: ['read', 'b'] }, { scp: 'read' }])
      await expect(authorize(await aToken(claims), ['read', 'admin'])).resolves.toMatchObject({
        scopes: expect.arrayContaining(['read']),
      });
  });

  test('rejects a token without any of them', async () => {
    for (const claims of [{}, { scope: 'reading' }, { scope: '' }])
      await expect(authorize(await aToken(claims), ['read', 'admin'])).rejects.toMatchObject({
        type: 'FORBIDDEN',
        headers: {
          'www-authenticate': expect.stringContaining('Bearer scope="read admin" error="insufficient_scope"'),
        },
      });
  });
});

test('keys are kept for two hours, whatever token names one that is not there', async () => {
  await authorize(await aToken());
  await authorize(await aToken({}, { header: { kid: 'k2' } })).catch(() => undefined);
  expect(outside.asked).toHaveLength(2);
  now += 7_200_000;
  await authorize(await aToken()).catch(() => undefined);
  expect(outside.asked).toHaveLength(4);
});
