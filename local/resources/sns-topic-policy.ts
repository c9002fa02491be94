import * as z from 'zod';
import { readProperties } from '../api-gateway/read-properties';
import { policyProblems } from '../iam/policy-problems';
import { whereOf } from './policy-place';
import type { ResourceType } from './resource-type';

const PROPERTIES = z.strictObject({ PolicyDocument: z.unknown(), Topics: z.array(z.string()).min(1) });

export const snsTopicPolicy: ResourceType = {
  type: 'AWS::SNS::TopicPolicy',
  support: 'supported: replaces the policy that a topic has without it, as on AWS',
  properties: Object.keys(PROPERTIES.shape),
  problems: policyProblems,
  create(resource, run) {
    const { PolicyDocument, Topics } = readProperties(resource, PROPERTIES);
    for (const topic of Topics) run.iam.permissions.addToResource(whereOf(resource), topic, PolicyDocument);
    return { ref: resource.physicalName };
  },
};
