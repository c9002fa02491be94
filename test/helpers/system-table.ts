import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { startDynalite } from './dynalite';

export const SYSTEM_TABLE = 'systems';

/** A DynamoDB of its own with the table of what the workers of a system share. */
export async function startSystemTable() {
  const { client, makeTable, stop } = await startDynalite();
  await makeTable(SYSTEM_TABLE, { system: 'S', item: 'S' });
  return { client: DynamoDBDocumentClient.from(client), stop };
}

export type StartedSystemTable = Awaited<ReturnType<typeof startSystemTable>>;
