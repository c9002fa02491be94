/** A call as a route sees it. Everything in it is the caller's. */
export interface ApiCall {
  /** As API Gateway names the route: `GET /me`. */
  readonly routeKey: string;
  readonly requestId: string;
  /** Decoded, from the places that the route names. */
  readonly path: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** Names in lower case; what was sent several times is joined by commas. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string | undefined;
  /** What the authorizer says of the token, every claim as a text. */
  readonly verified: Readonly<Record<string, unknown>>;
  /** ARN of the operator who invoked the function; absent of a call that came through API Gateway. */
  readonly operator?: string;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: object;
}
