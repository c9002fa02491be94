import { createSharedItem } from '../../lambdas/system-items/shared-item';
import type { AwsContext } from './client';
import { createDocumentClient } from './document-client';
import { asking } from './explain-aws-error';
import type { SystemItems } from './system-items';

export function createSystemItems(context: AwsContext): SystemItems {
  const client = createDocumentClient(context);
  return (table, key) => {
    const item = createSharedItem<unknown>(client, table, key);
    return {
      read: () => asking('dynamodb:GetItem', item.read()),
      write: (value, previous) => asking('dynamodb:UpdateItem', item.write(value, previous)),
    };
  };
}
