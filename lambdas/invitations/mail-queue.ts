import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { SendMessage } from '../../events/invitations/mail-message';

/** Puts sendings into the queue of mails. Rejects when the queue did not take one. */
export const createMailQueue =
  (sqs: Pick<SQSClient, 'send'>, QueueUrl: () => string) =>
  async (message: SendMessage): Promise<void> => {
    await sqs.send(new SendMessageCommand({ QueueUrl: QueueUrl(), MessageBody: JSON.stringify(message) }));
  };
