import { AwsError } from '../aws-error';
import type { DoorRequest, ServiceName } from '../front-door';

/** `rest` is a method and a path; the others put the operation into a header or a form. */
type Protocol = 'json' | 'query' | 'rest';

/** What a request says about itself before anybody reads its body as a call. */
export interface Identity {
  readonly service: ServiceName;
  readonly protocol: Protocol;
  readonly accessKeyId?: string;
}

const TARGETS: Record<string, ServiceName> = {
  AWSEvents: 'events',
  AmazonSQS: 'sqs',
  DynamoDB_20120810: 'dynamodb',
  DynamoDBStreams_20120810: 'dynamodb',
  GraniteServiceVersion20100801: 'cloudwatch',
  secretsmanager: 'secretsmanager',
  TrentService: 'kms',
};
/** How each service is spoken to. */
const PROTOCOLS: Readonly<Record<ServiceName, Protocol>> = {
  apigateway: 'rest',
  cloudformation: 'query',
  cloudwatch: 'json',
  dynamodb: 'json',
  events: 'json',
  'execute-api': 'rest',
  kms: 'json',
  lambda: 'rest',
  secretsmanager: 'json',
  ses: 'rest',
  sns: 'query',
  // The query protocol of SQS is what clients spoke before 2023; answering it by half would mislead them.
  sqs: 'json',
  sts: 'query',
};
const SERVICES = Object.keys(PROTOCOLS);
/** Services that sign by another name than their own. */
const SIGNING_NAMES: Readonly<Record<string, ServiceName>> = { monitoring: 'cloudwatch' };

/** The signature itself is not checked: who knows the port may call. */
export function identify({ method, headers }: DoorRequest): Identity {
  const [accessKeyId, scope] = credentialScope(headers.authorization);
  const target = headers['x-amz-target']?.split('.')[0];
  const signed = scope === undefined ? undefined : (SIGNING_NAMES[scope] ?? scope);
  const service = signed ?? (target === undefined ? undefined : TARGETS[target]) ?? 'sns';
  if (!SERVICES.includes(service)) {
    throw new AwsError(
      'UnsupportedService',
      `The local run has no ${service}; it has ${SERVICES.join(', ')}.`,
    );
  }
  const protocol = PROTOCOLS[service as ServiceName];
  const spoken = protocol === 'rest' ? protocol : protocolOf(method, headers['content-type'] ?? '', target);
  if (spoken !== protocol) throw unsupportedProtocol(`${spoken} for ${service}`);
  const identity = { service: service as ServiceName, protocol };
  return accessKeyId === undefined ? identity : { ...identity, accessKeyId };
}

/** `Credential=AKID/20260101/us-east-1/sqs/aws4_request` */
function credentialScope(authorization = ''): [] | [string | undefined, string | undefined] {
  const match = /Credential=([^/\s]+)\/\d{8}\/[^/]+\/([^/]+)\/aws4_request/.exec(authorization);
  return match ? [match[1], match[2]] : [];
}

function protocolOf(method: string, contentType: string, target: string | undefined): Protocol {
  if (method === 'POST' && target !== undefined && contentType.startsWith('application/x-amz-json-1.'))
    return 'json';
  if (method === 'POST' && contentType.startsWith('application/x-www-form-urlencoded')) return 'query';
  throw unsupportedProtocol(`${method} ${contentType || 'without type'}`);
}

function unsupportedProtocol(what: string): AwsError {
  const known =
    'the local run takes POST, with a form for sns, sts and cloudformation and with AWS JSON for the others';
  return new AwsError('UnsupportedProtocol', `No ${what}: ${known}.`);
}
