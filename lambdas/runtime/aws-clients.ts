import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

// Short, because a call that hangs would eat the time the whole batch shares; the SDK's default is no limit.
const LIMITS = { maxAttempts: 3, requestHandler: { connectionTimeout: 1000, requestTimeout: 3000 } };

export const createDynamoDb = (): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(new DynamoDBClient(LIMITS), {
    marshallOptions: { removeUndefinedValues: true },
  });

export const createSqs = (): SQSClient => new SQSClient(LIMITS);

export const createSns = (): SNSClient => new SNSClient(LIMITS);

export const createSecretsManager = (): SecretsManagerClient => new SecretsManagerClient(LIMITS);
