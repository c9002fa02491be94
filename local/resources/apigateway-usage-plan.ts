import * as z from 'zod';
import type { UsagePlanDefinition } from '../api-gateway/definitions';
import { gatewayId } from '../api-gateway/local-api';
import { readProperties, whole, words } from '../api-gateway/read-properties';
import type { ResourceType } from './resource-type';

const THROTTLE = z.strictObject({ RateLimit: z.coerce.number(), BurstLimit: z.coerce.number() });
const QUOTA = z.strictObject({
  Limit: whole,
  Period: z.enum(['DAY', 'WEEK', 'MONTH']),
  Offset: z.literal(0).optional(),
});

/** CDK writes an empty throttle where no method has limits of its own. */
const API_STAGE = z.strictObject({
  ApiId: z.string(),
  Stage: z.string(),
  Throttle: z.strictObject({}).optional(),
});

const PROPERTIES = z.strictObject({
  UsagePlanName: words,
  Description: words,
  Tags: words,
  ApiStages: z.array(API_STAGE).default([]),
  Throttle: THROTTLE.optional(),
  Quota: QUOTA.optional(),
});

export const apigatewayUsagePlan: ResourceType = {
  type: 'AWS::ApiGateway::UsagePlan',
  support:
    'supported: rate, burst and quota of each key, exactly (best effort on AWS). Refused: limits of single methods, offsets of a quota',
  properties: Object.keys(PROPERTIES.shape),
  create(resource, run) {
    const id = gatewayId(resource.stackPath, resource.logicalId);
    run.api.keys.addPlan(toPlan(id, readProperties(resource, PROPERTIES)));
    return { ref: id, attributes: { Id: id } };
  },
};

function toPlan(
  id: string,
  { ApiStages, Throttle, Quota }: z.output<typeof PROPERTIES>,
): UsagePlanDefinition {
  return {
    id,
    stages: ApiStages.map(({ ApiId, Stage }) => ({ apiId: ApiId, stage: Stage })),
    throttle: Throttle && { rate: Throttle.RateLimit, burst: Throttle.BurstLimit },
    quota: Quota && { limit: Quota.Limit, period: Quota.Period },
  };
}
