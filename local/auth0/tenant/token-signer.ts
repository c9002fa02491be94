import { generateKeyPair as generate, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { JWK, JWTPayload } from 'jose';
import { organizationOf } from '../post-login/post-login-event';
import type { Profile } from '../tenant-users';
import type { Issued } from './issued';

export interface TokenSigner {
  /** With the private part, for oidc-provider. */
  readonly key: JWK;
  idToken(issued: Issued, user: Profile, session: SessionClaims): Promise<string>;
  accessToken(issued: Issued): Promise<string>;
  /** Of a program that comes for itself. */
  machineToken(clientId: string, audience: string, scopes: readonly string[]): Promise<string>;
  /** The payload of an access token of ours for `/userinfo`. Rejects for any other. */
  verify(token: string): Promise<JWTPayload>;
}

/** What oidc-provider knows of the login, and we pass on. */
export interface SessionClaims {
  readonly nonce?: string | undefined;
  readonly sid?: string | undefined;
  readonly auth_time?: number | undefined;
}

export const ACCESS_TOKEN_SECONDS = 86_400;
const ID_TOKEN_SECONDS = 36_000;
const KEY_ID = 'local';

/** RSA. */
export interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

export function newKeyPair(): Promise<KeyPair> {
  return promisify(generate)('rsa', { modulusLength: 2048 });
}

/**
 * Tokens as Auth0 writes them. oidc-provider would write its own, but it takes no claim whose name it does not know
 * beforehand, and Actions name theirs as they like; and it gives a token for an API no audience for `/userinfo`.
 *
 * @param issuer `https://<tenant>/`
 * @param now epoch ms of the run: whoever verifies goes by that clock
 */
export async function createTokenSigner(
  issuer: string,
  now: () => number,
  pair: KeyPair,
): Promise<TokenSigner> {
  const { exportJWK, jwtVerify, SignJWT } = await import('jose');
  const key = { ...(await exportJWK(pair.privateKey)), kid: KEY_ID, use: 'sig', alg: 'RS256' };
  const sign = (claims: object, seconds: number) => {
    const iat = Math.floor(now() / 1000);
    const payload = JSON.parse(JSON.stringify({ ...claims, iss: issuer, iat, exp: iat + seconds }));
    return new SignJWT(payload)
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: KEY_ID })
      .sign(pair.privateKey);
  };
  const userinfo = `${issuer}userinfo`;
  return {
    key,
    idToken: (issued, user, session) =>
      sign(
        {
          ...profileClaims(user, issued.scopes),
          ...issued.idToken,
          ...{ sub: issued.userId, aud: issued.clientId, ...session, ...organizationClaim(issued) },
        },
        ID_TOKEN_SECONDS,
      ),
    accessToken: (issued) =>
      sign(
        {
          ...issued.accessToken,
          ...{ sub: issued.userId, aud: audiencesOf(issued, userinfo), azp: issued.clientId },
          ...{ scope: issued.scopes.join(' '), ...organizationClaim(issued) },
        },
        ACCESS_TOKEN_SECONDS,
      ),
    machineToken: (clientId, aud, scopes) =>
      sign(
        {
          ...{ sub: `${clientId}@clients`, aud, azp: clientId, gty: 'client-credentials' },
          ...(scopes.length === 0 ? {} : { scope: scopes.join(' ') }),
        },
        ACCESS_TOKEN_SECONDS,
      ),
    verify: async (token) => {
      const currentDate = new Date(now());
      const options = { issuer, audience: userinfo, algorithms: ['RS256'], currentDate };
      return (await jwtVerify(token, pair.publicKey, options)).payload;
    },
  };
}

function audiencesOf({ audience, scopes }: Issued, userinfo: string): string | string[] {
  if (audience === undefined) return userinfo;
  return scopes.includes('openid') ? [audience, userinfo] : audience;
}

function organizationClaim({ organization }: Issued): object {
  return organization === undefined ? {} : { org_id: organizationOf(organization).id };
}

const CLAIMS: Readonly<Record<string, readonly string[]>> = {
  profile: ['name', 'given_name', 'family_name', 'nickname', 'picture', 'updated_at'],
  email: ['email', 'email_verified'],
};

/** What a scope lets an application see of a profile. */
export function profileClaims(user: Profile, scopes: readonly string[]): Record<string, unknown> {
  const names = scopes.flatMap((scope) => CLAIMS[scope] ?? []);
  return Object.fromEntries(names.flatMap((name) => (user[name] === undefined ? [] : [[name, user[name]]])));
}
