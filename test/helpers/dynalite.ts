import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';

// The package has no types of its own.
const createDynalite = require('dynalite') as (options: { createTableMs: number }) => Server;

/** A DynamoDB of its own on a free port. */
export interface Dynalite {
  readonly client: DynamoDBClient;
  readonly url: string;
  untilThere(TableName: string): Promise<unknown>;
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
    untilThere: (TableName) =>
      waitUntilTableExists({ client, maxWaitTime: 5, minDelay: 1, maxDelay: 1 }, { TableName }),
    stop: () => {
      client.destroy();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
