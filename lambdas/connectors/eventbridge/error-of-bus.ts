import { RejectedError, RetryableError } from '../connector';

/** Comes back: it may go away by itself, or when somebody mends a policy or the configuration. */
const RETRYABLE = {
  throttled: 'remote-throttled',
  unavailable: 'remote-unavailable',
  unauthorized: 'remote-unauthorized',
  misconfigured: 'remote-misconfigured',
} as const;

// Source: PutEventsResultEntry and "Common errors" in the API reference of EventBridge.
const MEANINGS: readonly (readonly [RegExp, keyof typeof RETRYABLE | 'rejected'])[] = [
  [/^(Throttling(Exception)?|ThrottledException|RequestLimitExceeded|LimitExceededException)$/, 'throttled'],
  [/^Internal(Failure|Exception|ServerError|Error)$|^ServiceUnavailable(Exception)?$/, 'unavailable'],
  [/^(AccessDenied|NotAuthorized|Unauthorized)/, 'unauthorized'],
  [
    /^(ExpiredToken|UnrecognizedClient|InvalidClientTokenId|InvalidSignature|IncompleteSignature)/,
    'unauthorized',
  ],
  [/^(MissingAuthenticationToken|OptInRequired|SignatureDoesNotMatch|InvalidAccountId)/, 'unauthorized'],
  // An event that is too large is refused as a whole call, one whose content is wrong as an entry.
  [
    /^(ValidationException|ValidationError|MalformedDetail|RedactionFailure|RequestEntityTooLarge)/,
    'rejected',
  ],
];

/** What the code of an entry that was not taken means. */
export function errorOfEntry(code: string): RetryableError | RejectedError {
  const meaning = MEANINGS.find(([pattern]) => pattern.test(code))?.[1];
  if (meaning === 'rejected') return new RejectedError('remote-rejected', nameIn(code));
  // A bus that is not there, an argument that is none: nothing that another event would do better.
  return new RetryableError(RETRYABLE[meaning ?? 'misconfigured']);
}

interface Failure {
  readonly name?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: unknown;
}

/** What it means that the call failed as a whole. */
export function errorOfFailure(error: unknown): RetryableError | RejectedError {
  const { name, $metadata, $response } = (error ?? {}) as Failure;
  const status = $metadata?.httpStatusCode;
  if (name === 'TimeoutError') return new RetryableError('remote-timeout');
  if (name === 'CredentialsProviderError') return new RetryableError('remote-unauthorized');
  // What was answered and cannot be read; it may have been a success.
  if (error instanceof SyntaxError || (status !== undefined && status < 300))
    return new RetryableError('remote-invalid-answer');
  if (status === undefined)
    return new RetryableError($response === undefined ? 'remote-unavailable' : 'remote-invalid-answer');
  if (status === 429) return new RetryableError('remote-throttled');
  if (status === 413) return new RejectedError('remote-rejected', 'HTTP 413');
  if (status >= 500) return new RetryableError('remote-unavailable');
  return errorOfEntry(String(name));
}

// A name of an error holds nobody's data; anything longer might.
function nameIn(code: string): string {
  return /^[A-Za-z]{1,64}$/.test(code) ? code : 'another code';
}
