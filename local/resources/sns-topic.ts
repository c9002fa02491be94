import * as z from 'zod';
import { readProperties, words } from '../api-gateway/read-properties';
import { arn, CLOUDFORMATION } from './arn';
import type { ResourceType } from './resource-type';

const PROPERTIES = z.strictObject({
  TopicName: z.string().max(256).optional(),
  DisplayName: words,
  KmsMasterKeyId: words,
  SignatureVersion: words,
  TracingConfig: words,
  Tags: words,
});

export const snsTopic: ResourceType = {
  type: 'AWS::SNS::Topic',
  support:
    'supported: publishing to queues. Recorded: encryption, for which only permissions are asked. Refused: FIFO, inline subscriptions, archives',
  properties: Object.keys(PROPERTIES.shape),
  async create(resource, run) {
    const { TopicName, KmsMasterKeyId } = readProperties(resource, PROPERTIES);
    const Name = TopicName ?? resource.physicalName;
    await run.frontDoor.call({
      service: 'sns',
      operation: 'CreateTopic',
      caller: CLOUDFORMATION,
      input: { Name },
    });
    run.iam.encryption.encrypt(arn('sns', Name), KmsMasterKeyId);
    return { ref: arn('sns', Name), attributes: { TopicArn: arn('sns', Name), TopicName: Name } };
  },
};
