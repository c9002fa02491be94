import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

// Short, because a call that hangs would eat the time the whole batch shares. Without the last setting the SDK only
// warns when the time is up, and goes on waiting.
const LIMITS = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 2000, throwOnRequestTimeout: true },
};

export const createDynamoDb = (): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(new DynamoDBClient(LIMITS), {
    marshallOptions: { removeUndefinedValues: true },
  });

export const createSqs = (): SQSClient => new SQSClient(LIMITS);

export const createSns = (): SNSClient => new SNSClient(LIMITS);

export const createSecretsManager = (): SecretsManagerClient => new SecretsManagerClient(LIMITS);

/** Once, and patiently: a mail whose answer is lost is sent again as another one, so that the queue decides. */
export const createSes = (): SESv2Client =>
  new SESv2Client({ maxAttempts: 1, requestHandler: { ...LIMITS.requestHandler, requestTimeout: 8_000 } });
