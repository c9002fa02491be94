const NAMES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  413: 'Payload Too Large',
};

/** An answer of the Management API that is none of its successes, in the shape that Auth0 documents. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly errorCode?: string,
  ) {
    super(message);
    this.name = 'ApiError';
  }

  get body(): object {
    const { status: statusCode, message, errorCode } = this;
    return { statusCode, error: NAMES[statusCode] ?? 'Error', message, ...(errorCode ? { errorCode } : {}) };
  }
}

/** What the stand-in does not know it refuses by name, and finally: clients try a status of 500 or more again. */
export function notKnownHere(status: 400 | 404, what: string): ApiError {
  return new ApiError(status, `The local Management API does not know ${what}`, 'not_known_locally');
}
