import * as z from 'zod';
import { readProperties, refuseResource } from '../api-gateway/read-properties';
import { whereOf } from './policy-place';
import type { ResourceType } from './resource-type';

const PROPERTIES = z.strictObject({
  Action: z.string(),
  FunctionName: z.string(),
  Principal: z.string().regex(/\.amazonaws\.com$/, 'only services are known'),
  SourceArn: z.string().optional(),
  SourceAccount: z.string().optional(),
});

export const lambdaPermission: ResourceType = {
  type: 'AWS::Lambda::Permission',
  support: 'supported: services, for one resource of theirs. Refused: other accounts, organizations, URLs',
  properties: Object.keys(PROPERTIES.shape),
  create(resource, run) {
    const { Action, FunctionName, Principal, SourceArn, SourceAccount } = readProperties(
      resource,
      PROPERTIES,
    );
    const spec = run.functions.find(FunctionName);
    if (!spec) return refuseResource(resource, `the function ${FunctionName} is not in this run`);
    const Condition = {
      ...(SourceArn !== undefined && { ArnLike: { 'AWS:SourceArn': SourceArn } }),
      ...(SourceAccount !== undefined && { StringEquals: { 'AWS:SourceAccount': SourceAccount } }),
    };
    const statement = {
      Effect: 'Allow',
      Principal: { Service: Principal },
      Action,
      Resource: spec.arn,
      Condition,
    };
    const document = { Version: '2012-10-17', Statement: [statement] };
    run.iam.permissions.addToResource(whereOf(resource), spec.arn, document);
    return { ref: resource.physicalName };
  },
};
