import { randomBytes } from 'node:crypto';
import { PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Audit, AuditClosing, AuditEntry, AuditRow } from '../audit/audit';
import { CliError } from '../cli-error';
import { type Outputs, outputOf } from '../target/outputs';
import type { Caller } from './caller';
import type { AwsContext } from './client';
import { createDocumentClient } from './document-client';
import { asking, explainAwsError } from './explain-aws-error';

interface Surroundings {
  readonly outputs: () => Promise<Outputs>;
  readonly caller: () => Promise<Caller>;
}

interface Key {
  readonly month: string;
  readonly id: string;
}

export function createAuditTable(context: AwsContext, { outputs, caller }: Surroundings): Audit {
  const client = createDocumentClient(context);
  const table = async () => outputOf(await outputs(), 'AuditTableName');
  const close = async (Key: Key, closing: AuditClosing) => {
    const command = new UpdateCommand({ TableName: await table(), Key, ...closingUpdate(closing, context) });
    await asking('dynamodb:UpdateItem', client.send(command));
  };
  return {
    async begin(entry) {
      const { arn } = await caller();
      const TableName = await table();
      const row = startedRow(entry, arn, new Date(context.clock.now()).toISOString());
      await client.send(new PutCommand({ TableName, Item: row })).catch(refuse);
      return (closing) => close({ month: row.month, id: row.id }, closing);
    },
    async list(month, limit) {
      const command = new QueryCommand({
        TableName: await table(),
        KeyConditionExpression: '#month = :month',
        ExpressionAttributeNames: { '#month': 'month' },
        ExpressionAttributeValues: { ':month': month },
        ScanIndexForward: false,
        Limit: limit,
      });
      const { Items = [] } = await asking('dynamodb:Query', client.send(command));
      return Items as AuditRow[];
    },
  };
}

function startedRow(entry: AuditEntry, who: string, startedAt: string): AuditRow & Key {
  const id = `${startedAt}#${randomBytes(6).toString('hex')}`;
  return { month: startedAt.slice(0, 7), id, ...entry, who, outcome: 'started', startedAt };
}

function closingUpdate(closing: AuditClosing, { clock }: AwsContext) {
  const fields = { ...closing, endedAt: new Date(clock.now()).toISOString() };
  const names = Object.keys(fields);
  return {
    UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [`:${name}`, value]),
    ),
  };
}

function refuse(error: unknown): never {
  const { message } = explainAwsError(error, 'dynamodb:PutItem');
  throw new CliError(
    'audit-unavailable',
    `What cannot be noted is not done: ${message}`,
    'Nothing was changed. The audit table must be there and writable',
  );
}
