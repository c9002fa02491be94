/** A refusal of an AWS service as its clients see it. */
export class AwsError extends Error {
  constructor(
    /** Such as `ResourceNotFoundException`. */
    readonly code: string,
    message: string,
    readonly status = 400,
    /** What the answer carries besides type and message. */
    readonly details: { readonly body?: Record<string, unknown>; readonly queryCode?: string } = {},
  ) {
    super(message);
    this.name = 'AwsError';
  }
}

/** An operation that AWS has and the local run does not. */
export function unsupportedOperation(service: string, operation: string): AwsError {
  return new AwsError('UnsupportedOperation', `The local run does not support ${operation} of ${service}.`);
}

/** The caller gets no answer at all: the connection breaks. */
export class NoAnswer extends Error {}
