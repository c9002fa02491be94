import type { ActionCache } from '../action-cache';
import { isClaimTaken } from './custom-claim';
import type { Effects } from './effects';
import { decodeRedirectToken, encodeRedirectToken } from './redirect-token';

export interface ApiFacts {
  readonly effects: Effects;
  readonly cache: ActionCache;
  readonly canRedirect: boolean;
  /** What the login goes on with, after a redirect. */
  readonly continued?: { readonly state: string; readonly parameters: Readonly<Record<string, string>> };
  readonly subject: { readonly userId: string; readonly issuer: string; readonly ip: string };
  /** Epoch ms. */
  readonly now: () => number;
}

interface EncodeOptions {
  readonly secret: string;
  readonly payload: object;
  readonly expiresInSeconds?: number;
}

interface ValidateOptions {
  readonly secret: string;
  readonly tokenParameterName?: string;
}

type Query = Readonly<Record<string, string>>;
type Factor = { readonly type: string };
type Factors = { readonly additionalFactors?: readonly Factor[] };

const USUAL_TOKEN_SECONDS = 900;
/** @see https://community.auth0.com/t/getting-error-of-missing-or-invalid-standard-claims-during-actions-redirect/118530 */
const STANDARD_CLAIMS = ['iat', 'exp', 'sub', 'iss'] as const;

/**
 * The second argument of a post-login Action.
 * @see https://auth0.com/docs/actions/reference/post-login/post-login-api-object
 */
export function createPostLoginApi(facts: ApiFacts): object {
  const { effects } = facts;
  return {
    cache: facts.cache,
    access: {
      deny(reason: string, words?: string): void {
        effects.denied = words ?? reason;
      },
    },
    user: {
      setAppMetadata: setter(effects.appMetadata),
      setUserMetadata: setter(effects.userMetadata),
    },
    idToken: { setCustomClaim: claimSetter(effects.idToken) },
    accessToken: {
      setCustomClaim: claimSetter(effects.accessToken),
      addScope: (scope: string) => void effects.addedScopes.add(scope),
      removeScope: (scope: string) => void effects.removedScopes.add(scope),
    },
    redirect: redirectOf(facts),
    authentication: authenticationOf(facts),
    multifactor: {
      enable(provider: string): void {
        effects.lastFactor = provider !== 'none';
      },
    },
    transaction: { setMetadata: setter(effects.transaction) },
  };
}

function setter(values: Record<string, unknown>) {
  return (name: string, value: unknown): void => {
    values[name] = copy(value);
  };
}

// What an Action hands over is of its own realm, and may go on changing there.
function copy(value: unknown): unknown {
  return value === undefined ? null : JSON.parse(JSON.stringify(value));
}

function claimSetter(claims: Record<string, unknown>) {
  return (name: string, value: unknown): void => {
    if (isClaimTaken(name, value)) claims[name] = copy(value);
  };
}

function redirectOf({ effects, canRedirect, continued, subject, now }: ApiFacts): object {
  return {
    canRedirect: () => canRedirect,
    encodeToken({ secret, payload, expiresInSeconds = USUAL_TOKEN_SECONDS }: EncodeOptions): string {
      const iat = Math.floor(now() / 1000);
      const { userId: sub, issuer: iss, ip } = subject;
      return encodeRedirectToken(secret, { ...payload, iat, iss, sub, exp: iat + expiresInSeconds, ip });
    },
    sendUserTo(url: string, { query = {} }: { readonly query?: Query } = {}): void {
      if (continued !== undefined) throw new Error('An Action may redirect once in a login');
      const to = new URL(url);
      for (const [name, value] of Object.entries(query)) to.searchParams.set(name, value);
      effects.redirect = to;
    },
    validateToken({ secret, tokenParameterName = 'session_token' }: ValidateOptions): object {
      if (continued === undefined) throw new Error('There is a token to validate only after a redirect');
      const token = continued.parameters[tokenParameterName];
      if (token === undefined) throw new Error(`There is no token ${tokenParameterName} in the request`);
      const payload = decodeRedirectToken(secret, token, now());
      if (STANDARD_CLAIMS.some((name) => payload[name] === undefined))
        throw new Error('Missing or invalid standard claims');
      if (payload.sub !== subject.userId) throw new Error('The session token is of somebody else');
      if (payload.state !== continued.state) throw new Error('The session token is of another login');
      return payload;
    },
  };
}

function authenticationOf({ effects, continued }: ApiFacts): object {
  const ask = (kind: 'challenge' | 'enroll', types: readonly Factor[]) => {
    effects.factor = { kind, types: types.map(({ type }) => type) };
  };
  return {
    challengeWith: (factor: Factor, { additionalFactors = [] }: Factors = {}) =>
      ask('challenge', [factor, ...additionalFactors]),
    challengeWithAny: (factors: readonly Factor[]) => ask('challenge', factors),
    enrollWith: (factor: Factor, { additionalFactors = [] }: Factors = {}) =>
      ask('enroll', [factor, ...additionalFactors]),
    enrollWithAny: (factors: readonly Factor[]) => ask('enroll', factors),
    recordMethod(url: string): void {
      if (continued === undefined) throw new Error('A method is recorded after a redirect');
      effects.methods.push(url);
    },
  };
}
