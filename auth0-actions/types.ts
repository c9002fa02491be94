/**
 * What Auth0 hands to our Actions: only the documented fields we use, under Auth0's names. Nothing of it may
 * be trusted to be there, which is why the code reads it through `events/read-value.ts`.
 * @see https://auth0.com/docs/actions/reference/post-user-registration/post-user-registration-event-object
 */
export interface Auth0User {
  readonly user_id: string;
  /** Auth0 documents a string and has been seen handing over a Date. */
  readonly created_at?: string | Date;
  readonly updated_at?: string | Date;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly username?: string;
  readonly app_metadata?: Readonly<Record<string, unknown>>;
  readonly user_metadata?: Readonly<Record<string, unknown>>;
  readonly [attribute: string]: unknown;
}

export interface Auth0Connection {
  readonly id?: string;
  readonly name: string;
  readonly strategy: string;
}

/**
 * The argument of `onExecuteEventStream`.
 * @see https://github.com/auth0/auth0-actions/blob/main/src/event-stream/v1/index.d.ts
 */
export interface EventStreamEvent {
  readonly message: unknown;
  readonly secrets: Readonly<Record<string, string | undefined>>;
}

/** The argument of `onExecutePostUserRegistration`. */
export interface PostUserRegistrationEvent {
  readonly tenant: { readonly id: string };
  readonly connection?: Auth0Connection;
  readonly user: Auth0User;
  readonly secrets: Readonly<Record<string, string | undefined>>;
}

/**
 * The argument of `onExecutePostLogin` and `onContinuePostLogin`.
 * @see https://auth0.com/docs/actions/reference/post-login/post-login-event-object
 */
export interface PostLoginEvent extends PostUserRegistrationEvent {
  /** What the person has done in this session to prove who they are: `pwd`, `federated`, `mfa`, … */
  readonly authentication?: {
    readonly methods?: readonly { readonly name: string; readonly type?: string }[];
  };
  readonly organization?: { readonly id: string; readonly name: string };
  readonly request?: {
    /** The domain that the person sees: the tenant's own or a custom one. */
    readonly hostname?: string;
    readonly query?: Readonly<Record<string, unknown>>;
    readonly body?: Readonly<Record<string, unknown>>;
  };
  /** Names of roles, as they are at the beginning of the login. */
  readonly authorization?: { readonly roles?: readonly string[] };
  /** The API that the access token is for. */
  readonly resource_server?: { readonly identifier: string };
  readonly transaction?: {
    readonly id?: string;
    readonly protocol?: string;
    readonly redirect_uri?: string;
    readonly ui_locales?: readonly string[];
  };
}

/**
 * What we use of the second argument of both handlers.
 * @see https://auth0.com/docs/actions/reference/post-login/post-login-api-object
 */
export interface PostLoginApi {
  readonly cache: ActionCache;
  readonly access: { deny(reason: string): unknown };
  readonly accessToken: TokenClaims;
  readonly idToken: TokenClaims;
  readonly redirect: RedirectApi;
  readonly user: {
    /** Written at the end of the flow, or before a redirect; one write for all of them. `null` removes the key. */
    setAppMetadata(key: string, value: unknown): unknown;
  };
}

export interface TokenClaims {
  setCustomClaim(name: string, value: unknown): unknown;
}

export interface RedirectApi {
  /** False for programs, refreshes and `prompt=none`. */
  canRedirect(): boolean;
  /** A JWT, HS256, with `sub`, `iss`, `exp` and `ip` beside the payload. */
  encodeToken(options: {
    readonly secret: string;
    readonly payload: object;
    readonly expiresInSeconds?: number;
  }): string;
  /** Ends the run of the trigger here. Auth0 adds `state` to the query. */
  sendUserTo(url: string, options?: { readonly query?: Readonly<Record<string, string>> }): unknown;
  /** The payload. Throws unless signature, `exp` and `state` are those of this login. */
  validateToken(options: { readonly secret: string; readonly tokenParameterName?: string }): unknown;
}

/** A kind of second factor, such as `otp`. */
export interface Factor {
  readonly type: string;
}

/** What the Action that asks for a second factor uses of the second argument of `onExecutePostLogin`. */
export interface MfaApi {
  readonly authentication: {
    /** Fails the login where the person has none of these, or the tenant has none of them switched on. */
    challengeWithAny(factors: readonly Factor[]): unknown;
    /** Fails the login where the person has all of these, or the tenant has none of them switched on. */
    enrollWithAny(factors: readonly Factor[]): unknown;
  };
}

/** What an Action may keep for a while; Auth0 promises nothing. */
export interface ActionCache {
  get(key: string): { readonly value: string } | undefined;
  /** @param options ttl in ms */
  set(key: string, value: string, options: { readonly ttl: number }): unknown;
}
