import { createHmac } from 'node:crypto';
import express, { type Request, type RequestHandler } from 'express';
import { sameText } from '../same-text';

/** A client that a system gave out for its token endpoint. */
export interface TokenClient {
  readonly system: string;
  readonly id: string;
  readonly secret: string;
}

export interface TokenIssuer {
  /** Where tokens are asked for. */
  readonly paths: readonly string[];
  /** Of every system: they may share an endpoint. */
  readonly clients: readonly TokenClient[];
  /** Virtual seconds. */
  readonly lifetimeSeconds: number;
}

export interface TokenEndpointOptions extends Pick<TokenIssuer, 'paths' | 'lifetimeSeconds'> {
  /** The client that may show itself so. */
  readonly client: (id: string, secret: string) => TokenClient | undefined;
}

/** The client that a secret holds. One that holds none is nobody's. */
export function clientIn(system: string, secret: string): TokenClient {
  try {
    const { client_id: id, client_secret } = JSON.parse(secret) as Record<string, unknown>;
    return { system, id: String(id ?? ''), secret: String(client_secret ?? '') };
  } catch {
    return { system, id: '', secret: '' };
  }
}

/** A token that whoever knows the client can check, so that systems need not ask each other. */
function issueToken({ system, secret }: TokenClient, expiresAt: number): string {
  const said = `${system}.${expiresAt}`;
  return `${said}.${createHmac('sha256', secret).update(said).digest('base64url')}`;
}

/** @param now virtual epoch ms */
export function isGoodToken(client: TokenClient, token: string, now: number): boolean {
  const expiresAt = Number(token.split('.')[1]);
  return client.id !== '' && expiresAt > now && sameText(token, issueToken(client, expiresAt));
}

/** The token endpoint (RFC 6749, sections 2.3.1 and 4.4). */
export function createTokenEndpoint(issuer: TokenEndpointOptions, now: () => number): RequestHandler[] {
  return [
    express.urlencoded({ extended: false }),
    (request, response) => {
      const { lifetimeSeconds } = issuer;
      const answer = (status: number, body: object) =>
        void response.status(status).setHeader('Cache-Control', 'no-store').json(body);
      const body = (request.body ?? {}) as Readonly<Record<string, unknown>>;
      if (body.grant_type !== 'client_credentials') return answer(400, { error: 'unsupported_grant_type' });
      const client = issuer.client(...shownBy(request, body));
      if (client === undefined) return answer(401, { error: 'invalid_client' });
      answer(200, {
        access_token: issueToken(client, now() + lifetimeSeconds * 1_000),
        token_type: 'Bearer',
        expires_in: lifetimeSeconds,
      });
    },
  ];
}

function shownBy({ headers }: Request, body: Readonly<Record<string, unknown>>): [string, string] {
  const [scheme, encoded = ''] = (headers.authorization ?? '').split(' ');
  if (scheme !== 'Basic') return [`${body.client_id ?? ''}`, `${body.client_secret ?? ''}`];
  const [id = '', secret = ''] = Buffer.from(encoded, 'base64').toString().split(':');
  return [decodedForm(id), decodedForm(secret)];
}

const decodedForm = (text: string) => decodeURIComponent(text.replaceAll('+', ' '));
