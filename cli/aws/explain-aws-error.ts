import { CliError } from '../cli-error';

interface SdkError extends Error {
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly Code?: string;
}

const DENIED = /AccessDenied|NotAuthorized|AuthorizationError|UnauthorizedOperation|KMSAccessDenied/i;
const UNREACHABLE = ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'TimeoutError'];
const NO_CREDENTIALS =
  /CredentialsProviderError|ExpiredToken|InvalidClientTokenId|UnrecognizedClient|TokenRefresh|SSOTokenProvider/;

/**
 * What a refusal of AWS means for the person, with the IAM action that a permission is missing for. What is not
 * known here is said in the words of AWS.
 */
export function explainAwsError(error: unknown, action: string): CliError {
  if (error instanceof CliError) return error;
  const { name, message, code } = error as SdkError;
  const kind = `${name} ${code ?? ''}`;
  if (NO_CREDENTIALS.test(kind)) {
    return new CliError(
      'no-credentials',
      `AWS knows no valid credentials: ${oneLine(message)}`,
      'Sign in again, or name a profile with --profile',
    );
  }
  if (DENIED.test(kind)) {
    return new CliError(
      'access-denied',
      `You may not do ${action}`,
      `Ask for the IAM action ${action}: ${oneLine(message)}`,
    );
  }
  if (UNREACHABLE.some((known) => kind.includes(known)) || /ECONNREFUSED/.test(String(message))) {
    return new CliError(
      'unreachable',
      `No answer to ${action}`,
      'Is the network there, or the local run still running?',
    );
  }
  if (/Region is missing/.test(String(message))) {
    return new CliError('no-region', 'No AWS region is known', 'Give one with --region or AWS_REGION');
  }
  return new CliError('aws-refused', `${action}: ${name}: ${oneLine(message)}`);
}

/** The promise of a call, with its failure explained. */
export function asking<T>(action: string, call: Promise<T>): Promise<T> {
  return call.catch((error) => {
    throw explainAwsError(error, action);
  });
}

// AWS ends its sentences itself, and long ones do not fit a line.
function oneLine(message: unknown): string {
  return String(message ?? '')
    .replace(/\s+/g, ' ')
    .replace(/\.$/, '')
    .slice(0, 300);
}
