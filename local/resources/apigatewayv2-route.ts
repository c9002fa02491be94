import * as z from 'zod';
import { gatewayId } from '../api-gateway/local-api';
import { flag, readProperties, refuseResource, words } from '../api-gateway/read-properties';
import { readRouteKey } from '../api-gateway/v2/http/route-key';
import type { ResolvedResource, ResourceType } from './resource-type';

const PROPERTIES = z.strictObject({
  ApiId: z.string(),
  RouteKey: z.string(),
  Target: z.string().regex(/^integrations\/.+/),
  AuthorizationType: z.enum(['NONE', 'JWT']).default('NONE'),
  AuthorizerId: z.string().optional(),
  AuthorizationScopes: z.array(z.string()).max(10).default([]),
  ApiKeyRequired: flag.pipe(z.literal(false)).optional(),
  OperationName: words,
  RouteResponseSelectionExpression: z.literal('$default').optional(),
});

export const apigatewayv2Route: ResourceType = {
  type: 'AWS::ApiGatewayV2::Route',
  support:
    'supported: by method and path with `{id}` and `{proxy+}`, `ANY`, `$default`; the most specific wins; JWT authorizers and scopes. Of WebSocket APIs: `$connect`, `$disconnect`, `$default` and own keys. Refused: other authorization, API keys, parameters and models',
  properties: Object.keys(PROPERTIES.shape),
  create(resource, run) {
    const properties = readProperties(resource, PROPERTIES);
    const { ApiId, RouteKey: key, Target } = properties;
    const { protocol } = run.api.v2Api(ApiId).options;
    if (protocol === 'HTTP') requireKey(resource, key);
    else requireSocketRoute(resource, properties);
    const id = gatewayId(resource.stackPath, resource.logicalId);
    const integrationId = Target.split('/')[1] ?? '';
    run.api
      .v2Api(ApiId)
      .addRoute({ id, key, integrationId, ...authorization(resource, properties), responds: false });
    return { ref: id, attributes: { RouteId: id } };
  },
};

function authorization(resource: ResolvedResource, properties: z.output<typeof PROPERTIES>) {
  const { AuthorizationType, AuthorizerId: authorizerId, AuthorizationScopes: scopes } = properties;
  const isAsked = AuthorizationType === 'JWT';
  if (isAsked !== (authorizerId !== undefined))
    refuseResource(
      resource,
      'an authorizer without the authorization type JWT, or this without an authorizer',
    );
  if (!isAsked && scopes.length > 0) refuseResource(resource, 'scopes without an authorizer');
  return { authorizerId, scopes };
}

function requireSocketRoute(resource: ResolvedResource, properties: z.output<typeof PROPERTIES>): void {
  if (properties.AuthorizationType !== 'NONE') refuseResource(resource, 'authorizers of a WebSocket API');
}

function requireKey(resource: ResolvedResource, key: string): void {
  try {
    readRouteKey(key);
  } catch (error) {
    refuseResource(resource, (error as Error).message);
  }
}
