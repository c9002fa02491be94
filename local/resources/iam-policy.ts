import * as z from 'zod';
import { readProperties } from '../api-gateway/read-properties';
import { roleArn } from '../iam/callers';
import { policyProblems } from '../iam/policy-problems';
import { whereOf } from './policy-place';
import type { ResourceType } from './resource-type';

const PROPERTIES = z.strictObject({
  PolicyName: z.string(),
  PolicyDocument: z.unknown(),
  Roles: z.array(z.string()).min(1),
});

export const iamPolicy: ResourceType = {
  type: 'AWS::IAM::Policy',
  support: 'supported: policies of roles. Refused: of users and groups',
  properties: Object.keys(PROPERTIES.shape),
  problems: policyProblems,
  create(resource, run) {
    const { PolicyDocument, Roles } = readProperties(resource, PROPERTIES);
    for (const role of Roles) run.iam.permissions.addToRole(whereOf(resource), roleArn(role), PolicyDocument);
    return { ref: resource.physicalName };
  },
};
