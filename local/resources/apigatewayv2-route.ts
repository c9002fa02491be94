import * as z from 'zod';
import { gatewayId } from '../api-gateway/local-api';
import { flag, readProperties, refuseResource, words } from '../api-gateway/read-properties';
import { readRouteKey } from '../api-gateway/v2/http/route-key';
import type { ResolvedResource, ResourceType } from './resource-type';

const PROPERTIES = z.strictObject({
  ApiId: z.string(),
  RouteKey: z.string(),
  Target: z.string().regex(/^integrations\/.+/),
  AuthorizationType: z.literal('NONE').optional(),
  ApiKeyRequired: flag.pipe(z.literal(false)).optional(),
  OperationName: words,
});

export const apigatewayv2Route: ResourceType = {
  type: 'AWS::ApiGatewayV2::Route',
  support:
    'supported: by method and path with `{id}` and `{proxy+}`, `ANY`, `$default`; the most specific wins. Refused: authorizers, API keys, parameters and models',
  properties: Object.keys(PROPERTIES.shape),
  create(resource, run) {
    const { ApiId, RouteKey: key, Target } = readProperties(resource, PROPERTIES);
    requireKey(resource, key);
    const id = gatewayId(resource.stackPath, resource.logicalId);
    const integrationId = Target.split('/')[1] ?? '';
    run.api.v2Api(ApiId).addRoute({ id, key, integrationId, scopes: [], responds: false });
    return { ref: id, attributes: { RouteId: id } };
  },
};

function requireKey(resource: ResolvedResource, key: string): void {
  try {
    readRouteKey(key);
  } catch (error) {
    refuseResource(resource, (error as Error).message);
  }
}
