import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DynamoDBClient,
  type KeySchemaElement,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';

// The package has no types of its own.
const createDynalite = require('dynalite') as (options: { createTableMs: number }) => Server;

/** Type of each key; the hash key comes first. */
export type Keys = Readonly<Record<string, 'S' | 'N'>>;

/** A DynamoDB of its own on a free port. */
export interface Dynalite {
  readonly client: DynamoDBClient;
  readonly url: string;
  /** Makes a table and waits for it. Keys by type, the hash key first; indexes show whole rows. */
  makeTable(name: string, keys: Keys, indexes?: Readonly<Record<string, Keys>>): Promise<void>;
  stop(): Promise<unknown>;
}

export async function startDynalite(): Promise<Dynalite> {
  const server = createDynalite({ createTableMs: 0 }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new DynamoDBClient({
    endpoint: url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  return {
    client,
    url,
    makeTable: async (TableName, keys, indexes = {}) => {
      await client.send(new CreateTableCommand(tableOf(TableName, keys, indexes)));
      await waitUntilTableExists({ client, maxWaitTime: 5, minDelay: 1, maxDelay: 1 }, { TableName });
    },
    stop: () => {
      client.destroy();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

function tableOf(
  TableName: string,
  keys: Keys,
  indexes: Readonly<Record<string, Keys>>,
): CreateTableCommandInput {
  const GlobalSecondaryIndexes = Object.entries(indexes).map(([IndexName, ofIndex]) => ({
    IndexName,
    KeySchema: schemaOf(ofIndex),
    Projection: { ProjectionType: 'ALL' as const },
  }));
  const types = Object.entries(Object.assign({}, keys, ...Object.values(indexes)) as Keys);
  return {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: schemaOf(keys),
    AttributeDefinitions: types.map(([AttributeName, AttributeType]) => ({ AttributeName, AttributeType })),
    ...(GlobalSecondaryIndexes.length === 0 ? {} : { GlobalSecondaryIndexes }),
  };
}

const schemaOf = (keys: Keys): KeySchemaElement[] =>
  Object.keys(keys).map((AttributeName, index) => ({
    AttributeName,
    KeyType: index === 0 ? 'HASH' : 'RANGE',
  }));
