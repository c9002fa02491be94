import * as z from 'zod';
import { flag, readProperties } from '../api-gateway/read-properties';
import { CLOUDFORMATION } from './arn';
import type { ResourceType } from './resource-type';

const PROPERTIES = z.strictObject({
  TopicArn: z.string(),
  Protocol: z.enum(['sqs', 'email', 'email-json']),
  Endpoint: z.string(),
  FilterPolicy: z.record(z.string(), z.unknown()).optional(),
  FilterPolicyScope: z.enum(['MessageAttributes', 'MessageBody']).optional(),
  RawMessageDelivery: flag.optional(),
  RedrivePolicy: z.strictObject({ deadLetterTargetArn: z.string() }).optional(),
});

export const snsSubscription: ResourceType = {
  type: 'AWS::SNS::Subscription',
  support:
    'supported: `sqs` with filter policies, raw delivery, redrive policy; e-mail, which ends in `logs/mails.log`. Approximated: delivery is given up after 13 attempts. Refused: other protocols, delivery policies',
  properties: Object.keys(PROPERTIES.shape),
  async create(resource, run) {
    const { TopicArn, Protocol, Endpoint, ...attributes } = readProperties(resource, PROPERTIES);
    const entries = Object.entries(attributes).filter(([, value]) => value !== undefined);
    const input = Object.fromEntries([
      ...Object.entries({ TopicArn, Protocol, Endpoint }),
      ...entries.flatMap(([name, value], index) => [
        [`Attributes.entry.${index + 1}.key`, name],
        [
          `Attributes.entry.${index + 1}.value`,
          typeof value === 'object' ? JSON.stringify(value) : String(value),
        ],
      ]),
    ]);
    const call = { service: 'sns', operation: 'Subscribe', caller: CLOUDFORMATION, input } as const;
    const { SubscriptionArn } = await run.frontDoor.call<{ SubscriptionArn: string }>(call);
    return { ref: SubscriptionArn, attributes: { Arn: SubscriptionArn } };
  },
};
