import { randomBytes } from 'node:crypto';
import { sameText } from '../../same-text';
import { ApiError } from './api-error';

/** What a request for a token is answered with when it is refused; the form is OAuth's. */
export class TokenError extends Error {
  constructor(
    readonly status: number,
    readonly error: string,
    message: string,
  ) {
    super(message);
  }

  get body(): object {
    return { error: this.error, error_description: this.message };
  }
}

/** An application of the tenant that comes for itself. */
export interface ApiClient {
  readonly id: string;
  readonly secret: string;
  /** Scopes that it was granted for the Management API; none: it was not authorized for it. */
  readonly scopes: () => readonly string[];
}

export interface TokensOptions {
  readonly domain: string;
  readonly clients: readonly ApiClient[];
  /** Epoch ms. */
  readonly now: () => number;
}

const LIFETIME_SECONDS = 86_400;

/** Tokens of the client credentials grant. */
export class Tokens {
  private readonly issued = new Map<string, { scopes: readonly string[]; until: number }>();

  constructor(private readonly options: TokensOptions) {}

  /** Answers `POST /oauth/token`. Throws {@link TokenError}. */
  issue(asked: Readonly<Record<string, string>>): object {
    const scopes = this.admit(asked).scopes();
    const token = randomBytes(24).toString('base64url');
    this.issued.set(token, { scopes, until: this.options.now() + LIFETIME_SECONDS * 1000 });
    return {
      access_token: token,
      scope: scopes.join(' '),
      expires_in: LIFETIME_SECONDS,
      token_type: 'Bearer',
    };
  }

  knows(clientId: string | undefined): boolean {
    return this.options.clients.some(({ id }) => id === clientId);
  }

  /** The scopes of a token. Throws {@link ApiError}. */
  scopesOf(authorization: string | undefined): readonly string[] {
    if (authorization === undefined) throw new ApiError(401, 'Missing authentication');
    const known = this.issued.get(authorization.replace(/^Bearer /i, ''));
    if (known === undefined) throw new ApiError(401, 'Invalid token', 'invalid_token');
    if (known.until <= this.options.now()) throw new ApiError(401, 'Expired token', 'invalid_token');
    return known.scopes;
  }

  private admit(asked: Readonly<Record<string, string>>): ApiClient {
    const { domain, clients } = this.options;
    const { grant_type: grant, client_id: id = '', client_secret: secret = '', audience = '' } = asked;
    if (grant !== 'client_credentials') {
      throw new TokenError(403, 'unauthorized_client', `Grant type '${grant}' not allowed for the client.`);
    }
    const client = clients.find((one) => one.id === id);
    if (client === undefined || !sameText(secret, client.secret)) {
      throw new TokenError(401, 'access_denied', 'Unauthorized');
    }
    if (audience !== `https://${domain}/api/v2/`) {
      throw new TokenError(403, 'access_denied', `Service not enabled within domain: ${audience}`);
    }
    if (client.scopes().length === 0) {
      const words = `Client is not authorized to access "${audience}". You need to create a "client-grant" associated to this API.`;
      throw new TokenError(403, 'access_denied', words);
    }
    return client;
  }
}
