/**
 * The tokens that lead a person from the login to the status page and back. All are JWTs signed with HS256, and the
 * key is the text of a secret as Secrets Manager holds it, in UTF-8: Auth0 takes the secrets of its Actions so.
 *
 * | token | signed with | by | verified by |
 * |---|---|---|---|
 * | status | StatusSecret | the Action | the function of the page |
 * | ticket | StatusSecret | the function of the page | `$connect` of its socket |
 * | return | ReturnSecret | the function of the page | the Action |
 *
 * `purpose` keeps those apart that share a secret, and every verifier looks at it, also where the secrets differ.
 */
export const LOGIN_TOKEN_ALGORITHM = 'HS256';

/** Where the status token travels: in the query of the page, and in the bodies of what the page asks for. */
export const STATUS_TOKEN_PARAMETER = 'session_token';
/** The field of the form, posted to `/continue`, that holds the return token. */
export const RETURN_TOKEN_PARAMETER = 'punctual_token';

/** How long a person may stay on the page, reloads included. */
export const STATUS_TOKEN_SECONDS = 300;
export const RETURN_TOKEN_SECONDS = 60;
export const TICKET_SECONDS = 30;

/** What the Action puts into a status token. */
export interface StatusTokenPayload {
  readonly purpose: 'status';
  /** Where the login goes on, such as `https://login.acme.com`: one of the tenant's own, chosen by the Action. */
  readonly origin: string;
  /** Origin or scheme that the login ends at: browsers apply `form-action` to the redirects after a form as well. */
  readonly app?: string;
  /** Epoch ms at which the Action sent the person away. The deadline counts from here. */
  readonly at: number;
  /** Name of the connection that the person came by. */
  readonly connection: string;
  /** `created_at` of the user, ISO 8601: which of their lives it is, where there were several. */
  readonly created_at?: string;
  /** `ui_locales` of the login, at most 100 characters. */
  readonly languages?: string;
  /** Of an invitation that this login redeemed, while it is on its way. */
  readonly grant?: Grant;
}

/** What an invitation grants. */
export interface Grant {
  /** Names of roles. */
  readonly roles: readonly string[];
  /** Epoch ms at which the systems were told of it. */
  readonly at: number;
}

/** A status token as it arrives. Auth0 adds `sub`, `iss`, `exp` and `ip`. */
export interface StatusToken extends StatusTokenPayload {
  /** `user_id` in Auth0. */
  readonly sub: string;
  /** The tenant's host, which the return token has to say as well. */
  readonly iss: string;
  /** Seconds since 1970. */
  readonly exp: number;
}

/** What the Action may believe of the person who comes back. */
export interface ReturnToken {
  readonly purpose: 'return';
  /** `sub` and `iss` of the status token. */
  readonly sub: string;
  readonly iss: string;
  /** The login that it is for: Auth0 compares it with the one of `/continue`. */
  readonly state: string;
  /** Of the status token: by another connection, `all` may be other systems. */
  readonly connection: string;
  /** Seconds since 1970. */
  readonly iat: number;
  readonly exp: number;
  /** Every system is ready, or the person needs no account there. */
  readonly all: boolean;
  readonly ready: readonly string[];
  /** Required systems in which the account could not be made. */
  readonly failed: readonly string[];
  readonly waiting: readonly string[];
  /** Names of the roles that the person was given while they waited. */
  readonly roles?: readonly string[];
}

/** Opens one socket, and says whose. */
export interface Ticket {
  readonly purpose: 'ticket';
  /** The userRef, as the ticket is in an address that others may log. */
  readonly sub: string;
  /** Seconds since 1970. */
  readonly exp: number;
}
