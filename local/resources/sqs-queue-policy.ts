import * as z from 'zod';
import { readProperties } from '../api-gateway/read-properties';
import { policyProblems } from '../iam/policy-problems';
import { arn } from './arn';
import { whereOf } from './policy-place';
import type { ResourceType } from './resource-type';

const PROPERTIES = z.strictObject({ PolicyDocument: z.unknown(), Queues: z.array(z.string()).min(1) });

export const sqsQueuePolicy: ResourceType = {
  type: 'AWS::SQS::QueuePolicy',
  support: 'supported',
  properties: Object.keys(PROPERTIES.shape),
  problems: policyProblems,
  create(resource, run) {
    const { PolicyDocument, Queues } = readProperties(resource, PROPERTIES);
    for (const url of Queues) {
      const queueArn = arn('sqs', url.split('/').at(-1) ?? '');
      run.iam.permissions.addToResource(whereOf(resource), queueArn, PolicyDocument);
    }
    return { ref: resource.physicalName };
  },
};
