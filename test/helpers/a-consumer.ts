import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { DeleteMessageBatchCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { type KeyRing, parseKeys } from '../../events/key-ring';
import type { LocalRun } from './local-run';
import { type QueuedMessage, readMessage } from './queues';

/** Code of a team that works a queue off with a role of its own, and with nothing else. */
export async function aConsumer({ local }: LocalRun, RoleArn: string, QueueUrl: string) {
  const where = { endpoint: local.AwsEndpoint, region: local.Region };
  const anybody = { accessKeyId: 'test', secretAccessKey: 'test' };
  const sts = new STSClient({ ...where, credentials: anybody });
  const taken = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'consumer' }));
  const { AccessKeyId = '', SecretAccessKey = '' } = taken.Credentials ?? {};
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey };
  const sqs = new SQSClient({ ...where, credentials });
  const receive = new ReceiveMessageCommand({
    ...{ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1, MessageAttributeNames: ['All'] },
  });
  return {
    read: async (): Promise<(QueuedMessage & { readonly handle: string })[]> => {
      const { Messages = [] } = await sqs.send(receive);
      return Messages.map((message) => ({ ...readMessage(message), handle: message.ReceiptHandle ?? '' }));
    },
    remove: async (messages: readonly { readonly handle: string }[]) => {
      const Entries = messages.map(({ handle }, index) => ({ Id: `${index}`, ReceiptHandle: handle }));
      await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    },
  };
}

/** The keys that events of a stack are signed with. */
export async function ringOf({ aws, outputs }: LocalRun): Promise<KeyRing> {
  const read = async (SecretId = '') =>
    parseKeys((await aws.secrets.send(new GetSecretValueCommand({ SecretId }))).SecretString ?? '');
  return {
    actions: await read(outputs.SigningSecretArn),
    'event-stream': await read(outputs.EventStreamSecretArn),
    punctual: await read(outputs.PunctualSecretArn),
  };
}
