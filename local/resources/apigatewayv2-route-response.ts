import * as z from 'zod';
import { gatewayId } from '../api-gateway/local-api';
import { readProperties } from '../api-gateway/read-properties';
import type { ResourceType } from './resource-type';

const PROPERTIES = z.strictObject({
  ApiId: z.string(),
  RouteId: z.string(),
  RouteResponseKey: z.literal('$default'),
});

export const apigatewayv2RouteResponse: ResourceType = {
  type: 'AWS::ApiGatewayV2::RouteResponse',
  support: 'supported: hands on what the function answers. Refused: models and parameters',
  properties: Object.keys(PROPERTIES.shape),
  create(resource, run) {
    const { ApiId, RouteId } = readProperties(resource, PROPERTIES);
    const id = gatewayId(resource.stackPath, resource.logicalId);
    run.api.v2Api(ApiId).respond(RouteId);
    return { ref: id, attributes: { RouteResponseId: id } };
  },
};
