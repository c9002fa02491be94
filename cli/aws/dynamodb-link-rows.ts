import { createUserLinkRepository } from '../../lambdas/user-links/user-link-repository';
import { CliError } from '../cli-error';
import type { AwsContext } from './client';
import { createDocumentClient } from './document-client';
import { asking } from './explain-aws-error';
import type { LinkRows } from './link-rows';

export function createLinkRows(context: AwsContext): LinkRows {
  const client = createDocumentClient(context);
  return {
    get: (table, userRef, system) =>
      asking('dynamodb:GetItem', createUserLinkRepository(client, table).get(userRef, system)),
    async replace(table, link, previous) {
      const write = createUserLinkRepository(client, table).claim(link, previous);
      if (await asking('dynamodb:PutItem', write)) return;
      throw new CliError(
        'link-changed',
        'The link was changed at the same moment, and nothing was done to it',
        'Look again what it says now',
      );
    },
  };
}
