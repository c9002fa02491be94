import type { SQSRecord } from 'aws-lambda';
import type { Invitation } from '../../../../../events/invitations/invitation';
import {
  createMailHandler,
  type MailQueueDeps,
} from '../../../../../lambdas/invitations/mail/handle-mail-queue';
import type { MailError, OutgoingMail } from '../../../../../lambdas/invitations/mail/mailer';
import { readToken } from '../../../../../lambdas/invitations/token/token';
import { createLog } from '../../../../../lambdas/runtime/logger';
import { createInvitationsInMemory, ID, NOW, RING } from '../../helpers/invitations';

export const SETTINGS = {
  brand: { name: 'Acme' },
  applications: { shop: { label: 'Acme Shop', loginUri: 'https://shop.acme.com/login' } },
};

/** The token in the link of a mail. */
export const tokenIn = ({ text }: Pick<OutgoingMail, 'text'>) =>
  readToken(/\?invitation=(\S+)/.exec(text)?.[1]) ?? { id: '', secret: '' };

/** A queue of mails with everything around it in memory, whose time stands still. */
export function aMailQueue(row: Invitation, given: Partial<MailQueueDeps> = {}) {
  const table = createInvitationsInMemory(row);
  const mails: OutgoingMail[] = [];
  const failures: (MailError | undefined)[] = [];
  const calls: { name: string; input: Record<string, unknown> }[] = [];
  const lines: string[] = [];
  const measured: string[] = [];
  const at = { now: NOW };
  const handle = createMailHandler({
    ...{
      invitations: table.invitations,
      ring: async () => RING,
      prepare: async () => ({ outcome: 'fallback' }),
    },
    mailer: async (mail) => {
      const failure = failures.shift();
      if (failure === undefined || failure.mayBeOut) mails.push(mail);
      if (failure !== undefined) throw failure;
    },
    ...{ settings: SETTINGS, pageUrl: 'https://pages.acme.com/', now: () => at.now },
    sqs: {
      send: async (command: { constructor: { name: string }; input: object }) => {
        calls.push({ name: command.constructor.name, input: command.input as Record<string, unknown> });
      },
    } as never,
    ...{ sourceQueueUrl: 'source', deadLetterQueueUrl: 'dead-letters' },
    ...{ backoff: (deliveries, afterMs = 0) => Math.max(deliveries * 7_000, afterMs), budgetMs: 86_400_000 },
    log: createLog(
      (line) => void lines.push(line),
      () => at.now,
    ),
    metrics: (_, metrics) => void measured.push(...metrics.map(({ name, value }) => `${name} ${value}`)),
    ...given,
  });
  /** True when the message is gone from the queue. */
  const receive = async (body: unknown, deliveries = 1): Promise<boolean> => {
    const { batchItemFailures } = await handle({ Records: [aRecord(body, deliveries)] });
    return batchItemFailures.length === 0;
  };
  const send = (deliveries?: number, sending = 1) => receive({ kind: 'send', id: ID, sending }, deliveries);
  return { ...table, mails, failures, calls, lines, measured, at, receive, send };
}

const aRecord = (body: unknown, deliveries: number): SQSRecord =>
  ({
    ...{ messageId: 'message', receiptHandle: 'receipt', messageAttributes: {} },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    attributes: { ApproximateReceiveCount: `${deliveries}`, SentTimestamp: `${NOW}` },
  }) as unknown as SQSRecord;
