import * as z from 'zod';
import { gatewayId } from '../api-gateway/local-api';
import { flag, readProperties, refuseResource, whole, words } from '../api-gateway/read-properties';
import { REGION } from '../template/pseudo-parameters';
import type { ResourceType } from './resource-type';

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
  ProtocolType: z.literal('HTTP'),
  Description: words,
  Tags: words,
  CorsConfiguration: CORS.optional(),
  DisableExecuteApiEndpoint: z.literal(false).optional(),
  IpAddressType: words,
});

export const apigatewayv2Api: ResourceType = {
  type: 'AWS::ApiGatewayV2::Api',
  support:
    'supported: HTTP APIs: one server each, CORS, 10 MB, 10,240 bytes of headers. Approximated: TLS. Refused: OpenAPI bodies, quick creation, API keys, custom domains',
  properties: Object.keys(PROPERTIES.shape),
  create(resource, run) {
    const { Name: name, CorsConfiguration: cors } = readProperties(resource, PROPERTIES);
    const id = gatewayId(resource.stackPath, resource.logicalId);
    if (cors?.AllowCredentials && cors.AllowOrigins.includes('*'))
      refuseResource(resource, 'CORS with credentials for all origins, which AWS refuses');
    run.api.addV2Api({ id, name, protocol: 'HTTP', cors: cors && corsOf(cors) });
    const ApiEndpoint = `https://${id}.execute-api.${REGION}.amazonaws.com`;
    return { ref: id, attributes: { ApiId: id, ApiEndpoint } };
  },
};

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
