/** API Gateway's own answers in front of a function: status and message. */
const HTTP_REFUSALS = {
  FORBIDDEN: [403, 'Forbidden'],
  HEADERS_TOO_LARGE: [431, 'Request Header Fields Too Large'],
  INTEGRATION_FAILURE: [500, 'Internal Server Error'],
  /** Too slow, or its function has no room. */
  INTEGRATION_UNAVAILABLE: [503, 'Service Unavailable'],
  NOT_FOUND: [404, 'Not Found'],
  REQUEST_TOO_LARGE: [413, 'Request Entity Too Large'],
  THROTTLED: [429, 'Too Many Requests'],
  UNAUTHORIZED: [401, 'Unauthorized'],
} as const satisfies Record<string, readonly [number, string]>;

/** Ends a request before or instead of its integration. */
export class HttpRefusal extends Error {
  constructor(
    readonly type: keyof typeof HTTP_REFUSALS,
    readonly headers: Readonly<Record<string, string>> = {},
    /** Why an authorizer refuses. */
    readonly words?: string,
  ) {
    super(HTTP_REFUSALS[type][1]);
    this.name = 'HttpRefusal';
  }

  get status(): number {
    return HTTP_REFUSALS[this.type][0];
  }
}
