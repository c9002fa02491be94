import * as z from 'zod';
import { gatewayId } from '../api-gateway/local-api';
import { readProperties } from '../api-gateway/read-properties';
import type { ResourceType } from './resource-type';

const PROPERTIES = z.strictObject({
  RestApiId: z.string(),
  ParentId: z.string(),
  PathPart: z.string().regex(/^[\w.:-]+$/, 'path parameters are unknown here'),
});

export const apigatewayResource: ResourceType = {
  type: 'AWS::ApiGateway::Resource',
  support: 'supported: fixed path parts. Refused: path parameters such as `{id}` and `{proxy+}`',
  properties: Object.keys(PROPERTIES.shape),
  create(resource, run) {
    const { RestApiId, ParentId, PathPart } = readProperties(resource, PROPERTIES);
    const id = gatewayId(resource.stackPath, resource.logicalId);
    run.api.restApi(RestApiId).addResource(id, ParentId, PathPart);
    return { ref: id, attributes: { ResourceId: id } };
  },
};
