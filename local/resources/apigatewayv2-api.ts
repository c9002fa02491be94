import * as z from 'zod';
import { executeApiHost } from '../api-gateway/execute-api-host';
import { gatewayId } from '../api-gateway/local-api';
import { flag, readProperties, refuseResource, whole, words } from '../api-gateway/read-properties';
import { createRouteSelection } from '../api-gateway/v2/socket/select-route';
import type { ResolvedResource, ResourceType } from './resource-type';

const list = z.array(z.string()).default([]);

const CORS = z.strictObject({
  AllowOrigins: list,
  AllowMethods: list,
  AllowHeaders: list,
  ExposeHeaders: list,
  AllowCredentials: flag.default(false),
  MaxAge: whole.optional(),
});

const PROPERTIES = z.strictObject({
  Name: z.string(),
  ProtocolType: z.enum(['HTTP', 'WEBSOCKET']),
  RouteSelectionExpression: z.string().optional(),
  Description: words,
  Tags: words,
  CorsConfiguration: CORS.optional(),
  DisableExecuteApiEndpoint: z.literal(false).optional(),
  IpAddressType: words,
});

export const apigatewayv2Api: ResourceType = {
  type: 'AWS::ApiGatewayV2::Api',
  support:
    'supported: HTTP APIs: one server each, CORS, 10 MB, 10,240 bytes of headers. WebSocket APIs: one server each, routes by `$request.body.…`, 128 kB in frames of 32 kB, 10 idle minutes, 2 hours. Approximated: TLS; pings do not keep a connection, and any number of new ones may come in a second. Refused: OpenAPI bodies, quick creation, API keys, binary messages, subprotocols, custom domains',
  properties: Object.keys(PROPERTIES.shape),
  create(resource, run) {
    const properties = readProperties(resource, PROPERTIES);
    const { Name: name, CorsConfiguration: cors, ProtocolType: protocol } = properties;
    const id = gatewayId(resource.stackPath, resource.logicalId);
    if (cors?.AllowCredentials && cors.AllowOrigins.includes('*'))
      refuseResource(resource, 'CORS with credentials for all origins, which AWS refuses');
    const selection = selectionOf(resource, properties);
    run.api.addV2Api({ id, name, protocol, selection, cors: cors && corsOf(cors) });
    const ApiEndpoint = `${protocol === 'HTTP' ? 'https' : 'wss'}://${executeApiHost(id)}`;
    return { ref: id, attributes: { ApiId: id, ApiEndpoint } };
  },
};

function selectionOf(
  resource: ResolvedResource,
  properties: z.output<typeof PROPERTIES>,
): string | undefined {
  const { ProtocolType, RouteSelectionExpression: expression, CorsConfiguration } = properties;
  const isSocket = ProtocolType === 'WEBSOCKET';
  if (isSocket && CorsConfiguration !== undefined) refuseResource(resource, 'CORS of a WebSocket API');
  if (isSocket !== (expression !== undefined))
    refuseResource(resource, 'a route selection expression elsewhere than at a WebSocket API, or none there');
  try {
    if (expression !== undefined) createRouteSelection(expression);
  } catch (error) {
    refuseResource(resource, (error as Error).message);
  }
  return expression;
}

function corsOf(cors: z.output<typeof CORS>) {
  return {
    origins: cors.AllowOrigins,
    methods: cors.AllowMethods,
    headers: cors.AllowHeaders,
    exposed: cors.ExposeHeaders,
    credentials: cors.AllowCredentials,
    maxAgeSeconds: cors.MaxAge,
  };
}
