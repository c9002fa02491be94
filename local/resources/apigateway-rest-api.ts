import * as z from 'zod';
import { gatewayId } from '../api-gateway/local-api';
import { flag, readProperties, words } from '../api-gateway/read-properties';
import type { ResourceType } from './resource-type';

const PROPERTIES = z.strictObject({
  Name: z.string().optional(),
  Description: words,
  Tags: words,
  ApiKeySourceType: z.literal('HEADER').optional(),
  // One loopback address stands in for every kind of endpoint.
  EndpointConfiguration: z
    .strictObject({ Types: z.array(z.enum(['REGIONAL', 'EDGE'])), IpAddressType: words })
    .optional(),
  DisableExecuteApiEndpoint: z.literal(false).optional(),
  FailOnWarnings: flag.optional(),
  SecurityPolicy: words,
  EndpointAccessMode: words,
});

export const apigatewayRestApi: ResourceType = {
  type: 'AWS::ApiGateway::RestApi',
  support:
    'supported: one HTTP server each, stages as the first part of the path, 10 MB, keys from the header. Approximated: TLS, of a repeated header or parameter the last value counts. Refused: OpenAPI bodies, resource policies, binary types, compression, private endpoints',
  properties: Object.keys(PROPERTIES.shape),
  create(resource, run) {
    const { Name = resource.physicalName } = readProperties(resource, PROPERTIES);
    const api = run.api.addRestApi(gatewayId(resource.stackPath, resource.logicalId), Name);
    return { ref: api.id, attributes: { RestApiId: api.id, RootResourceId: api.rootResourceId } };
  },
};
