import * as z from 'zod';
import { gatewayId } from '../api-gateway/local-api';
import { readProperties, words } from '../api-gateway/read-properties';
import type { ResourceType } from './resource-type';

const PROPERTIES = z.strictObject({ RestApiId: z.string(), Description: words });

export const apigatewayDeployment: ResourceType = {
  type: 'AWS::ApiGateway::Deployment',
  support:
    'supported: a snapshot; a method or gateway response that it does not depend on is refused. Refused: stages of its own',
  properties: Object.keys(PROPERTIES.shape),
  create(resource, run) {
    const { RestApiId } = readProperties(resource, PROPERTIES);
    const id = gatewayId(resource.stackPath, resource.logicalId);
    run.api.restApi(RestApiId).deploy(id);
    return { ref: id, attributes: { DeploymentId: id } };
  },
};
