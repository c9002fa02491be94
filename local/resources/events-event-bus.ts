import * as z from 'zod';
import { readProperties, refuseResource, words } from '../api-gateway/read-properties';
import { busArnOf } from '../aws/events/bus-arn';
import { EVENT_BRIDGE } from './arn';
import type { ResourceType } from './resource-type';

const PROPERTIES = z.strictObject({
  Name: z.string().max(256),
  Description: words,
  KmsKeyIdentifier: z.string().optional(),
  Tags: words,
});

export const eventsEventBus: ResourceType = {
  type: 'AWS::Events::EventBus',
  support:
    'supported: `PutEvents`, for the system of which it is; whether EventBridge may use its key. Refused: policies, archives, DLQs, partner sources, rules with patterns',
  properties: Object.keys(PROPERTIES.shape),
  create(resource, run) {
    const { Name, KmsKeyIdentifier } = readProperties(resource, PROPERTIES);
    const Arn = busArnOf(Name);
    run.iam.encryption.encrypt(Arn, KmsKeyIdentifier);
    const key = run.iam.encryption.keyOf(Arn);
    const circumstances = { sourceArn: Arn, via: 'events' };
    if (key !== undefined && !run.iam.allows(EVENT_BRIDGE, 'kms:DescribeKey', key, circumstances))
      refuseResource(resource, 'EventBridge may not use the key KmsKeyIdentifier');
    run.buses.add(Arn);
    return { ref: Name, attributes: { Arn, Name } };
  },
};
