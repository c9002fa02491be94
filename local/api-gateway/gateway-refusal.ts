/** API Gateway's own answers by response type: status and message where the API customizes neither. */
export const RESPONSE_TYPES = {
  ACCESS_DENIED: [403, 'Access Denied'],
  API_CONFIGURATION_ERROR: [500, 'Internal server error'],
  AUTHORIZER_CONFIGURATION_ERROR: [500, 'Internal server error'],
  AUTHORIZER_FAILURE: [500, 'Internal server error'],
  BAD_REQUEST_BODY: [400, 'Invalid request body'],
  BAD_REQUEST_PARAMETERS: [400, 'Missing required request parameters'],
  DEFAULT_4XX: [400, 'Bad Request'],
  DEFAULT_5XX: [500, 'Internal server error'],
  EXPIRED_TOKEN: [403, 'Expired token'],
  INTEGRATION_FAILURE: [504, 'Internal server error'],
  INTEGRATION_TIMEOUT: [504, 'Endpoint request timed out'],
  INVALID_API_KEY: [403, 'Forbidden'],
  INVALID_SIGNATURE: [403, 'Invalid signature'],
  MISSING_AUTHENTICATION_TOKEN: [403, 'Missing Authentication Token'],
  QUOTA_EXCEEDED: [429, 'Limit Exceeded'],
  REQUEST_TOO_LARGE: [413, 'HTTP content length exceeded 10485760 bytes.'],
  RESOURCE_NOT_FOUND: [404, 'Not Found'],
  THROTTLED: [429, 'Too Many Requests'],
  UNAUTHORIZED: [401, 'Unauthorized'],
  UNSUPPORTED_MEDIA_TYPE: [415, 'Unsupported Media Type'],
  WAF_FILTERED: [403, 'Forbidden'],
} as const satisfies Record<string, readonly [number, string]>;

export type ResponseType = keyof typeof RESPONSE_TYPES;

/** Ends a request before or instead of its integration; answered by the API's gateway responses. */
export class GatewayRefusal extends Error {
  constructor(
    readonly type: ResponseType,
    message: string = RESPONSE_TYPES[type][1],
    /** What a validator found; may repeat the caller's data. */
    readonly validationErrors?: string,
  ) {
    super(message);
    this.name = 'GatewayRefusal';
  }
}
