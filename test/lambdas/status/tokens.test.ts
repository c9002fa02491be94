import { generateKeyPairSync } from 'node:crypto';
import { decodeJwt, SignJWT } from 'jose';
import { openSession } from '../../../lambdas/status/session';
import { readStatusToken } from '../../../lambdas/status/tokens/read-status-token';
import { readTicket } from '../../../lambdas/status/tokens/read-ticket';
import { signToken } from '../../../lambdas/status/tokens/sign-token';
import { createTokenSecrets } from '../../../lambdas/status/tokens/token-secrets';
import { verifyToken } from '../../../lambdas/status/tokens/verify-token';
import { NOW } from '../../helpers/events';
import {
  aStatusToken,
  CLAIMS,
  REF,
  RETURN_SECRET,
  STATE,
  STATUS_SECRET,
  secretsOf,
  setUp,
  signed,
} from './helpers/a-login';

const ours = secretsOf(STATUS_SECRET);
const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const read = (token: string, now = NOW) => readStatusToken(token, ours, now);

/** One token of each purpose, as the three signers make them. */
async function threeTokens() {
  const seconds = NOW / 1000;
  const { session } = setUp();
  const opened = await openSession({ session_token: await aStatusToken(), state: STATE }, session);
  if (!opened.ok) throw new Error('The session did not open.');
  const { returnToken, ticket } = await session.takeSnapshot(opened.session);
  return { status: await aStatusToken({ exp: seconds + 300 }), return: returnToken, ticket };
}

describe('a status token', () => {
  test('of the Action says whose page it is, and where it leads', async () => {
    expect(await read(await aStatusToken({ languages: 'de fr', ip: '127.0.0.1' }))).toEqual({
      ok: true,
      token: { ...CLAIMS, languages: 'de fr' },
    });
  });

  test('leads to whatever origin the Action signed, and to no other', async () => {
    expect(await read(await aStatusToken({ origin: 'https://other.example' }))).toMatchObject({ ok: true });
    const [header, , signature] = (await aStatusToken()).split('.');
    const changed = `${header}.${base64({ ...CLAIMS, origin: 'https://evil.example' })}.${signature}`;
    expect(await read(changed)).toEqual({ ok: false, why: 'forged' });
  });

  test.each([
    ['http of a host elsewhere', 'http://login.acme.com'],
    ['a path', 'https://login.acme.com/continue'],
    ['a directive after a semicolon', 'https://login.acme.com;script-src'],
    ['a line break', 'https://login.acme.com\r\nset-cookie: a=b'],
    ['a user', 'https://login.acme.com@evil.example'],
    ['a script', 'javascript:alert(1)'],
    ['no text', 7],
  ])('fails with an origin that is %s, even signed', async (_, origin) => {
    expect(await read(await aStatusToken({ origin }))).toEqual({ ok: false, why: 'forged' });
  });

  test.each([
    ['javascript:'],
    ['https:'],
    ['https://a.example; script-src *'],
    ["'unsafe-inline'"],
    [`https://${'a'.repeat(300)}.example`],
  ])('loses an application of %s, and still shows the page', async (app) => {
    const { ok, token } = (await read(await aStatusToken({ app }))) as {
      ok: boolean;
      token: { app?: string };
    };
    expect([ok, token.app]).toEqual([true, undefined]);
  });

  test.each([['com.acme.app:'], ['http://localhost:3000'], ['https://app.acme.com:8443']])(
    'keeps an application of %s',
    async (app) => {
      expect(await read(await aStatusToken({ app }))).toMatchObject({ token: { app } });
    },
  );

  test('is too old from the moment on that it names', async () => {
    const token = await aStatusToken({ exp: NOW / 1000 + 10 });
    expect(await read(token, NOW + 9_999)).toMatchObject({ ok: true });
    expect(await read(token, NOW + 10_000)).toEqual({ ok: false, why: 'expired', app: CLAIMS.app });
  });

  test('that is too old and forged is called forged', async () => {
    const token = await aStatusToken({ exp: NOW / 1000 - 1 }, 'X'.repeat(44));
    expect(await read(token)).toEqual({ ok: false, why: 'forged' });
  });

  test.each(['purpose', 'sub', 'exp', 'iss', 'origin', 'at'])('fails without its %s', async (claim) => {
    const token = await signed({ ...CLAIMS, [claim]: undefined });
    expect(await read(token)).toEqual({ ok: false, why: 'forged' });
  });
});

describe('a forged token fails:', () => {
  test.each([
    ['nothing', ''],
    ['words', 'not a token'],
    ['no algorithm', `${base64({ alg: 'none' })}.${base64(CLAIMS)}.`],
    ['no algorithm, in other letters', `${base64({ alg: 'NoNe' })}.${base64(CLAIMS)}.`],
    ['no signature', `${base64({ alg: 'HS256' })}.${base64(CLAIMS)}.`],
    ['more than any of ours has', 'a'.repeat(9_000)],
  ])('%s', async (_, token) => {
    expect(await read(token)).toEqual({ ok: false, why: 'forged' });
  });

  test.each(['HS384', 'HS512'])('%s, with the right secret', async (alg) => {
    expect(await read(await signed(CLAIMS, STATUS_SECRET, alg))).toEqual({ ok: false, why: 'forged' });
  });

  test('RS256, whose public key would be the secret', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const text = publicKey.export({ type: 'spki', format: 'pem' }) as string;
    const token = await new SignJWT(CLAIMS).setProtectedHeader({ alg: 'RS256' }).sign(privateKey);
    expect(await readStatusToken(token, secretsOf(text), NOW)).toEqual({ ok: false, why: 'forged' });
  });

  test('one letter of the signature', async () => {
    const token = await aStatusToken();
    const at = token.length - 5;
    const changed = `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
    expect(await read(changed)).toEqual({ ok: false, why: 'forged' });
  });
});

describe('a token is worth nothing in the place of another:', () => {
  const readers = {
    status: (token: string) => readStatusToken(token, ours, NOW),
    ticket: (token: string) => readTicket(token, ours, NOW),
    // What validateToken of Auth0 does, and what the Action looks at besides.
    return: async (token: string) => {
      const verified = await verifyToken(token, secretsOf(RETURN_SECRET), NOW);
      return { ok: verified.ok && verified.claims.purpose === 'return' && verified.claims.state === STATE };
    },
  };
  const purposes = ['status', 'return', 'ticket'] as const;
  const pairs = purposes.flatMap((given) => purposes.map((wanted) => [given, wanted] as const));

  test.each(pairs)('%s as %s', async (given, wanted) => {
    const tokens = await threeTokens();
    expect(await readers[wanted](tokens[given])).toMatchObject({ ok: given === wanted });
  });

  test.each(pairs.filter(([given, wanted]) => given !== wanted))(
    '%s as %s, even where both secrets are the same by mistake',
    async (given, wanted) => {
      const claims = decodeJwt((await threeTokens())[given]);
      const secret = wanted === 'return' ? RETURN_SECRET : STATUS_SECRET;
      expect(await readers[wanted](await signed(claims, secret))).toMatchObject({ ok: false });
    },
  );
});

describe('a session', () => {
  const open = async (asked: object) =>
    openSession({ session_token: await aStatusToken(), state: STATE, ...asked }, setUp().session);

  test('is of the person whom the Action named', async () => {
    expect(await open({})).toMatchObject({ ok: true, session: { userRef: REF, state: STATE } });
  });

  test.each([
    ['missing', undefined],
    ['empty', ''],
    ['very long', 'a'.repeat(1_025)],
    ['no text', ['a']],
    ['with a space', 'a b'],
    ['with a line break', 'a\r\nset-cookie: b'],
    ['of other letters', 'státe'],
  ])('fails with a state that is %s', async (_, state) => {
    expect(await open({ state })).toEqual({ ok: false, why: 'forged' });
  });

  test.each([[undefined], [7], [{}], [['a', 'b']]])('fails with %p as its token', async (session_token) => {
    expect(await open({ session_token })).toEqual({ ok: false, why: 'forged' });
  });
});

describe('the secrets of tokens', () => {
  const [older, newer] = ['O'.repeat(44), 'N'.repeat(44)];
  const ring = (...keys: object[]) => JSON.stringify({ keys });
  const reading = (text: string, reread = text) => {
    const at = (value: string) => async () => ({ text: value, readAt: NOW });
    return createTokenSecrets({ read: at(text), reread: at(reread) }, 'arn', () => NOW);
  };

  test('are the newest to sign with and all to verify with', async () => {
    const keys = [
      { secret: older, createdAt: 1 },
      { secret: newer, createdAt: 2 },
    ];
    const secrets = reading(ring(...keys));
    expect(await readStatusToken(await aStatusToken({}, older), secrets, NOW)).toMatchObject({ ok: true });
    const ticket = await signToken({ purpose: 'ticket', sub: REF, exp: NOW / 1000 + 30 }, secrets);
    expect(await readTicket(ticket, secretsOf(newer), NOW)).toMatchObject({ ok: true });
  });

  test('are worth nothing once their time is over', async () => {
    const secrets = reading(ring({ secret: older, notAfter: NOW - 1 }, { secret: newer }));
    expect(await readStatusToken(await aStatusToken({}, older), secrets, NOW)).toMatchObject({ ok: false });
  });

  test('are read again for a token that none of them fits', async () => {
    const secrets = reading(older, ring({ secret: older }, { secret: newer }));
    expect(await readStatusToken(await aStatusToken({}, newer), secrets, NOW)).toMatchObject({ ok: true });
  });

  test('fails to sign where none is valid', async () => {
    const secrets = reading(ring({ secret: older, notAfter: 1 }));
    await expect(signToken({ purpose: 'ticket', sub: REF, exp: 1 }, secrets)).rejects.toThrow('No secret');
  });
});
