import * as z from 'zod';
import { gatewayId } from '../api-gateway/local-api';
import { readProperties, words } from '../api-gateway/read-properties';
import type { ResourceType } from './resource-type';

const PROPERTIES = z.strictObject({ ApiId: z.string(), Description: words });

export const apigatewayv2Deployment: ResourceType = {
  type: 'AWS::ApiGatewayV2::Deployment',
  support: 'supported: a snapshot; a route that it does not depend on is refused. Refused: stages of its own',
  properties: Object.keys(PROPERTIES.shape),
  create(resource, run) {
    const id = gatewayId(resource.stackPath, resource.logicalId);
    run.api.v2Api(readProperties(resource, PROPERTIES).ApiId).deploy(id);
    return { ref: id, attributes: { DeploymentId: id } };
  },
};
