import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { AuditRow } from '../../events/audit-row';
import { createAuditRepository } from '../../lambdas/audit/audit-repository';
import type { Audit } from '../audit/audit';
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

export function createAuditTable(context: AwsContext, { outputs, caller }: Surroundings): Audit {
  const client = createDocumentClient(context);
  const table = async () => outputOf(await outputs(), 'AuditTableName');
  return {
    async begin(entry) {
      const { arn } = await caller();
      const rows = createAuditRepository({ client, table: await table(), now: context.clock.now });
      const close = await rows.begin({ ...entry, who: arn }).catch(refuse);
      return (closing) => asking('dynamodb:UpdateItem', close(closing));
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

function refuse(error: unknown): never {
  const { message } = explainAwsError(error, 'dynamodb:PutItem');
  throw new CliError(
    'audit-unavailable',
    `What cannot be noted is not done: ${message}`,
    'Nothing was changed. The audit table must be there and writable',
  );
}
