/**
 * What Auth0 hands to our Actions: only the documented fields we use, under Auth0's names. Nothing of it may
 * be trusted to be there, which is why the code reads it through `emit/read-value.ts`.
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
 * The argument of `onExecutePostLogin`.
 * @see https://auth0.com/docs/actions/reference/post-login/post-login-event-object
 */
export interface PostLoginEvent extends PostUserRegistrationEvent {
  readonly request?: {
    readonly query?: Readonly<Record<string, unknown>>;
    readonly body?: Readonly<Record<string, unknown>>;
  };
  readonly transaction?: { readonly id?: string; readonly protocol?: string };
}

/** What we use of the second argument of `onExecutePostLogin`. */
export interface PostLoginApi {
  readonly cache: ActionCache;
}

/** What an Action may keep for a while; Auth0 promises nothing. */
export interface ActionCache {
  get(key: string): { readonly value: string } | undefined;
  /** @param options ttl in ms */
  set(key: string, value: string, options: { readonly ttl: number }): unknown;
}
