import * as z from 'zod';
import { readProperties, words } from '../api-gateway/read-properties';
import { roleArn } from '../iam/callers';
import { policyProblems } from '../iam/policy-problems';
import { whereOf } from './policy-place';
import type { ResourceType } from './resource-type';

const PROPERTIES = z.strictObject({
  RoleName: z.string().optional(),
  AssumeRolePolicyDocument: z.unknown(),
  Policies: z.array(z.strictObject({ PolicyName: z.string(), PolicyDocument: z.unknown() })).default([]),
  ManagedPolicyArns: z.array(z.string()).default([]),
  Description: words,
  MaxSessionDuration: words,
  Tags: words,
});

export const iamRole: ResourceType = {
  type: 'AWS::IAM::Role',
  support:
    'supported: who may take it on, inline policies, the managed policies in `iam/managed-policies.ts`. Refused: other managed policies, permission boundaries, paths',
  properties: Object.keys(PROPERTIES.shape),
  problems: policyProblems,
  create(resource, run) {
    const properties = readProperties(resource, PROPERTIES);
    const name = properties.RoleName ?? resource.physicalName;
    const [arn, where] = [roleArn(name), whereOf(resource)];
    const { permissions, callers } = run.iam;
    callers.addRole(name);
    permissions.addToResource(where, arn, properties.AssumeRolePolicyDocument);
    for (const { PolicyName, PolicyDocument } of properties.Policies)
      permissions.addToRole(`${where} ${PolicyName}`, arn, PolicyDocument);
    for (const managed of properties.ManagedPolicyArns) permissions.addManagedToRole(where, arn, managed);
    return { ref: name, attributes: { Arn: arn, RoleId: name } };
  },
};
