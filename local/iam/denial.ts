import { AwsError } from '../aws/aws-error';
import type { ServiceName } from '../aws/front-door';
import { ACCOUNT } from '../template/pseudo-parameters';
import type { AccessRequest, Principal } from './access-request';
import type { Decision } from './evaluate';

export type Refusal = Extract<Decision, { allowed: false }>;

/** AWS's words for a refusal. */
export function describeRefusal(request: AccessRequest, refusal: Refusal, action = request.action): string {
  const kind = `${refusal.by}-based policy`;
  const reason = refusal.explicit
    ? `with an explicit deny in ${refusal.by === 'identity' ? 'an' : 'a'} ${kind}`
    : `because no ${kind} allows the ${action} action`;
  const who = `User: ${userOf(request.principal)}`;
  return `${who} is not authorized to perform: ${action} on resource: ${request.resource} ${reason}`;
}

export function userOf(principal: Principal): string {
  if (principal.kind === 'service') return principal.name;
  return `arn:aws:sts::${ACCOUNT}:assumed-role/${principal.arn.split('/').at(-1)}/${principal.session}`;
}

/** The answer of the service that was called; a refusal of KMS comes in that service's own way. */
export function refusalOf(service: ServiceName, request: AccessRequest, refusal: Refusal): AwsError {
  const answer = request.action.startsWith('kms:') ? KEY_REFUSALS[service] : CALL_REFUSALS[service];
  return (answer ?? accessDenied)(request, refusal);
}

type Answer = (request: AccessRequest, refusal: Refusal) => AwsError;

const CORAL = 'com.amazon.coral.service#AccessDeniedException';

const accessDenied: Answer = (request, refusal) =>
  new AwsError('AccessDenied', describeRefusal(request, refusal), 403);

const CALL_REFUSALS: Partial<Record<ServiceName, Answer>> = {
  lambda: (request, refusal) => new AwsError('AccessDeniedException', describeRefusal(request, refusal), 403),
  'execute-api': (request, refusal) =>
    new AwsError('AccessDeniedException', describeRefusal(request, refusal), 403),
  events: (request, refusal) => new AwsError('AccessDeniedException', describeRefusal(request, refusal), 400),
  dynamodb: (request, refusal) => new AwsError(CORAL, describeRefusal(request, refusal), 400),
  secretsmanager: (request, refusal) =>
    new AwsError('AccessDeniedException', describeRefusal(request, refusal), 400),
  // SQS says its actions in lower case, SNS its own name in capitals.
  sqs: (request, refusal) =>
    new AwsError(CORAL, describeRefusal(request, refusal, request.action.toLowerCase()), 403, {
      queryCode: 'AccessDenied',
    }),
  sns: (request, refusal) => {
    const action = request.action.replace(/^sns:/, 'SNS:');
    return new AwsError('AuthorizationError', describeRefusal(request, refusal, action), 403);
  },
};

const KEY_REFUSALS: Partial<Record<ServiceName, Answer>> = {
  kms: (request, refusal) => new AwsError('AccessDeniedException', describeRefusal(request, refusal), 400),
  dynamodb: (request, refusal) => {
    const words = `KMS key access denied error: com.amazonaws.services.kms.model.AWSKMSException: ${ofKms(request, refusal)}`;
    return new AwsError('com.amazonaws.dynamodb.v20120810#AccessDeniedException', words, 400);
  },
  secretsmanager: () => new AwsError('AccessDeniedException', 'Access to KMS is not allowed', 400),
  sqs: (request, refusal) =>
    new AwsError('com.amazonaws.sqs#KmsAccessDenied', ofKms(request, refusal), 400, {
      queryCode: 'KMS.AccessDeniedException',
    }),
  sns: (request, refusal) => new AwsError('KMSAccessDenied', ofKms(request, refusal), 400),
};

/** KMS does not tell who may not decrypt whether there is such a key. */
function ofKms(request: AccessRequest, refusal: Refusal): string {
  const words =
    request.action === 'kms:Decrypt'
      ? 'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.'
      : describeRefusal(request, refusal);
  return `${words} (Service: AWSKMS; Status Code: 400; Error Code: AccessDeniedException)`;
}
