import { randomBytes } from 'node:crypto';
import { type DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { AuditClosing, AuditEntry, AuditRow } from '../../events/audit-row';

interface Key {
  readonly month: string;
  readonly id: string;
}

export interface AuditRepositoryDeps {
  readonly client: Pick<DynamoDBDocumentClient, 'send'>;
  readonly table: string;
  /** Epoch ms. */
  readonly now: () => number;
}

/** Rows of the audit table as they are written. */
export interface AuditRepository {
  /** Writes the row before the act; gives the function that closes it. */
  begin(entry: AuditEntry & Pick<AuditRow, 'who'>): Promise<(closing: AuditClosing) => Promise<void>>;
}

export function createAuditRepository({ client, table, now }: AuditRepositoryDeps): AuditRepository {
  const at = () => new Date(now()).toISOString();
  return {
    async begin(entry) {
      const row = startedRow(entry, at());
      await client.send(new PutCommand({ TableName: table, Item: row }));
      const Key: Key = { month: row.month, id: row.id };
      return async (closing) => {
        await client.send(new UpdateCommand({ TableName: table, Key, ...closingUpdate(closing, at()) }));
      };
    },
  };
}

function startedRow(entry: AuditEntry & Pick<AuditRow, 'who'>, startedAt: string): AuditRow & Key {
  const id = `${startedAt}#${randomBytes(6).toString('hex')}`;
  return { month: startedAt.slice(0, 7), id, ...entry, outcome: 'started', startedAt };
}

function closingUpdate(closing: AuditClosing, endedAt: string) {
  const fields = { ...closing, endedAt };
  const names = Object.keys(fields);
  return {
    UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [`:${name}`, value]),
    ),
  };
}
