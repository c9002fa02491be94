import * as z from 'zod';
import { gatewayId } from '../api-gateway/local-api';
import { readProperties } from '../api-gateway/read-properties';
import type { ResourceType } from './resource-type';

const PROPERTIES = z.strictObject({
  UsagePlanId: z.string(),
  KeyId: z.string(),
  KeyType: z.literal('API_KEY'),
});

export const apigatewayUsagePlanKey: ResourceType = {
  type: 'AWS::ApiGateway::UsagePlanKey',
  support: 'supported: gives a key the limits of a plan; a key without a plan is refused with 403, as on AWS',
  properties: Object.keys(PROPERTIES.shape),
  create(resource, run) {
    const { UsagePlanId, KeyId } = readProperties(resource, PROPERTIES);
    run.api.keys.addMember(UsagePlanId, KeyId);
    return { ref: gatewayId(resource.stackPath, resource.logicalId) };
  },
};
