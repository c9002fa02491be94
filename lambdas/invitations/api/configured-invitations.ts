import { createHmac, randomBytes } from 'node:crypto';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { ManagementApi } from '../../auth0/management-api';
import type { Environment } from '../../runtime/environment';
import type { PublishOwn } from '../../runtime/own-events';
import { emailRefOf } from '../email-ref';
import { createInvitationRepository } from '../invitation-repository';
import { createMailQueue } from '../mail-queue';
import { createTellLeaving } from '../precreate/leaving';
import { undo } from '../precreate/undo';
import { createEmailOf } from './email-of-profile';
import type { InvitationDeps, InvitationTerms } from './invitation-deps';

export interface ConfiguredDeps {
  readonly environment: Pick<Environment, 'text' | 'optional' | 'json'>;
  readonly client: DynamoDBDocumentClient;
  readonly sqs: SQSClient;
  /** The secret that makes userRefs. */
  readonly pepper: () => Promise<string>;
  readonly userRefOf: InvitationDeps['userRefOf'];
  readonly management: ManagementApi;
  readonly publish: PublishOwn;
  readonly now: () => number;
}

/** What the routes of invitations work with, as the function was told; undefined where none are configured. */
export function configuredInvitations(deps: ConfiguredDeps): InvitationDeps | undefined {
  const { environment, client, sqs, pepper, userRefOf, management, publish, now } = deps;
  const table = environment.optional('invitationTableName');
  if (table === undefined) return undefined;
  return {
    invitations: createInvitationRepository(client, table),
    terms: environment.json('invitationTerms') as InvitationTerms,
    userRefOf,
    emailRefOf: async (email) => emailRefOf(await pepper(), email),
    digestOf: async (text) =>
      createHmac('sha256', await pepper())
        .update(text)
        .digest('base64url'),
    send: createMailQueue(sqs, () => environment.text('invitationMailQueueUrl')),
    undo: (row) => undo({ api: management, tellLeaving: createTellLeaving(publish, now) }, row),
    emailOf: createEmailOf(management),
    newId: () => randomBytes(16).toString('base64url'),
    now,
  };
}
