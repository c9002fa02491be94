import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { createProfileConnector } from '../../../lambdas/connectors/profile/profile-connector';
import { createDynamodbService } from '../../../local/aws/dynamodb/dynamodb-service';
import { type FrontDoor, openFrontDoor, type ServiceName } from '../../../local/aws/front-door';
import type { AwsService } from '../../../local/aws/service';
import { sameNames } from '../../helpers/account-request';
import { type Contract, failing, type Kind, Patience, type Subject } from './subject';
import { switches } from './switches';

const TABLE = 'profiles';
/** Two tries as in lambdas/runtime/aws-clients.ts, but the second at once, and also after many failures. */
const LIMITS = {
  retryStrategy: {
    acquireInitialRetryToken: async () => tokenAfter(0),
    refreshRetryTokenForRetry: async (token: RetryToken, { errorType }: { errorType: string }) => {
      if (token.getRetryCount() > 0 || errorType === 'CLIENT_ERROR') throw new Error('enough');
      return tokenAfter(1);
    },
    recordSuccess: () => undefined,
  },
};

type RetryToken = ReturnType<typeof tokenAfter>;

const tokenAfter = (retries: number) => ({ getRetryCount: () => retries, getRetryDelay: () => 1 });

async function start(): Promise<Subject> {
  const door = await openFrontDoor({
    port: 0,
    clock: { now: Date.now },
    services: async () =>
      ({ dynamodb: createDynamodbService(() => undefined) }) as unknown as Record<ServiceName, AwsService>,
    kill: () => undefined,
    authorize: () => undefined,
  });
  const own = clientOf(door, 'operator', new Patience());
  await own.send(
    new CreateTableCommand({
      TableName: TABLE,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'user_id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'user_id', KeyType: 'HASH' }],
    }),
  );
  const patience = new Patience();
  const client = clientOf(door, 'system', patience);
  return {
    connector: createProfileConnector(client, TABLE, { theme: 'light' }),
    rules: sameNames('email', 'username'),
    ...faultsOf(door, patience),
    accounts: async (externalId) => {
      const { Items = [] } = await own.send(new ScanCommand({ TableName: TABLE }));
      const carrying = Items.filter((row) => row.externalId === externalId);
      return carrying.map(({ email, active }) => ({ email, active: active !== false }));
    },
    addForeign: async (user_id) =>
      void (await own.send(new PutCommand({ TableName: TABLE, Item: { user_id, theme: 'dark' } }))),
    stop: async () => {
      own.destroy();
      client.destroy();
      await door.close();
    },
  };
}

interface Adjustable {
  updateHttpClientConfig(key: 'requestTimeout', ms: number): void;
}

function clientOf(door: FrontDoor, caller: string, patience: Patience): DynamoDBDocumentClient {
  const credentials = door.credentialsFor(caller);
  const client = new DynamoDBClient({
    ...LIMITS,
    requestHandler: { connectionTimeout: 1000, throwOnRequestTimeout: true },
    ...{ endpoint: door.url, region: 'us-east-1', credentials },
  });
  // Its handler takes what is asked of it anew with each call.
  client.middlewareStack.add(
    (next) => (call) => {
      const handler = client.config.requestHandler as unknown as Adjustable;
      handler.updateHttpClientConfig('requestTimeout', patience.ms);
      return next(call);
    },
    { step: 'initialize' },
  );
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}

function faultsOf(door: FrontDoor, patience: Patience): Pick<Subject, 'fail' | 'heal'> {
  const system = { name: 'system', kind: 'profile' };
  const functions = { list: () => [{ system, environment: { PROFILE_TABLE_NAME: TABLE } }] };
  const faulty = { run: { functions, frontDoor: door }, remotes: { of: () => [] } };
  return switches(faulty, patience, { system: system.name, clear: () => door.faults.clear() });
}

// The SDK tries again by itself, and then meets the row that it made, or misses the one that it removed.
const twice = {
  create: { gives: { kind: 'created' } },
  remove: { gives: 'gone' },
} as const;

const contract: Contract = {
  conflict: failing('remote-unavailable', undefined, {
    create: { gives: { kind: 'exists' } },
    ...{ change: { gives: 'gone' }, setActive: { gives: 'gone' }, remove: { gives: 'gone' } },
  }),
  throttled: failing('remote-unavailable'),
  'server-error': failing('remote-unavailable'),
  unavailable: failing('remote-unavailable'),
  unauthorized: failing('remote-unauthorized'),
  reset: failing('remote-unavailable'),
  'reset-after': failing('remote-unavailable', undefined, twice),
  timeout: failing('remote-timeout'),
  'timeout-after': failing('remote-timeout', undefined, twice),
  'error-after': failing('remote-unavailable', undefined, twice),
  'slow-body': failing('remote-timeout', undefined, twice),
  ...{ 'throttled-until': undefined, 'token-expired': undefined, 'malformed-json': undefined },
  ...{ 'wrong-schema': undefined, 'late-search': undefined, paging: undefined },
  ...{ 'more-results': undefined, 'filter-ignored': undefined },
};

export const profileKind: Kind = { start, contract };
