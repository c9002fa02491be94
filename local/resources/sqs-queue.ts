import * as z from 'zod';
import { readProperties, whole, words } from '../api-gateway/read-properties';
import { arn, CLOUDFORMATION } from './arn';
import type { ResourceType } from './resource-type';

const PROPERTIES = z.strictObject({
  QueueName: z.string().max(80).optional(),
  VisibilityTimeout: whole.optional(),
  DelaySeconds: whole.optional(),
  MaximumMessageSize: whole.optional(),
  ReceiveMessageWaitTimeSeconds: whole.optional(),
  MessageRetentionPeriod: whole.optional(),
  RedrivePolicy: z.strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: whole }).optional(),
  // A question of who may name this queue as a DLQ, which the template has answered.
  RedriveAllowPolicy: words,
  KmsMasterKeyId: z.string().optional(),
  KmsDataKeyReusePeriodSeconds: whole.optional(),
  SqsManagedSseEnabled: words,
  Tags: words,
});
const RECORDED = ['QueueName', 'RedriveAllowPolicy', 'SqsManagedSseEnabled', 'Tags'];

export const sqsQueue: ResourceType = {
  type: 'AWS::SQS::Queue',
  support:
    'supported: visibility, delays, receive counts, redrive to a DLQ. Approximated: nothing expires at the end of its retention. Recorded: encryption, `RedriveAllowPolicy`. Refused: FIFO',
  properties: Object.keys(PROPERTIES.shape),
  async create(resource, run) {
    const properties = readProperties(resource, PROPERTIES);
    const QueueName = properties.QueueName ?? resource.physicalName;
    const input = { QueueName, Attributes: queueAttributes(properties) };
    const { QueueUrl } = await run.frontDoor.call<{ QueueUrl: string }>({
      service: 'sqs',
      operation: 'CreateQueue',
      caller: CLOUDFORMATION,
      input,
    });
    const queue = { name: QueueName, url: QueueUrl, arn: arn('sqs', QueueName) };
    run.iam.encryption.encrypt(queue.arn, properties.KmsMasterKeyId);
    run.queues.add({ ...queue, logicalId: resource.logicalId, stackPath: resource.stackPath });
    return { ref: queue.url, attributes: { Arn: queue.arn, QueueName, QueueUrl } };
  },
};

function queueAttributes(properties: z.output<typeof PROPERTIES>): Record<string, string> {
  const given = Object.entries(properties).filter(
    ([name, value]) => value !== undefined && !RECORDED.includes(name),
  );
  return Object.fromEntries(
    given.map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]),
  );
}
