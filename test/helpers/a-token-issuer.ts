import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { startLoopbackServer } from './loopback-server';

export interface TokenIssuer {
  readonly url: string;
  /** A token that says so, of this issuer. */
  sign(claims: JWTPayload): Promise<string>;
  stop(): Promise<unknown>;
}

const ALGORITHM = { alg: 'RS256', kid: 'key-1' };

/** Who makes tokens and shows the keys of them, on a free port, in the name of `issuer`. */
export async function startTokenIssuer(issuer: string): Promise<TokenIssuer> {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const pages: Record<string, object> = {
    '/.well-known/openid-configuration': { issuer, jwks_uri: `${issuer}.well-known/jwks.json` },
    '/.well-known/jwks.json': { keys: [{ ...(await exportJWK(publicKey)), ...ALGORITHM }] },
  };
  const { url, close } = await startLoopbackServer(({ url: asked = '' }, answer) => {
    answer.writeHead(pages[asked] === undefined ? 404 : 200).end(JSON.stringify(pages[asked] ?? {}));
  });
  return {
    url,
    sign: (claims) =>
      new SignJWT({ ...claims, iss: issuer })
        .setProtectedHeader(ALGORITHM)
        .setExpirationTime('10y')
        .sign(privateKey),
    stop: close,
  };
}
