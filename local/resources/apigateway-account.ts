import * as z from 'zod';
import { gatewayId } from '../api-gateway/local-api';
import { readProperties } from '../api-gateway/read-properties';
import type { ResourceType } from './resource-type';

const PROPERTIES = z.strictObject({ CloudWatchRoleArn: z.string() });

export const apigatewayAccount: ResourceType = {
  type: 'AWS::ApiGateway::Account',
  support: 'recorded: logs are always written',
  properties: Object.keys(PROPERTIES.shape),
  create(resource) {
    readProperties(resource, PROPERTIES);
    const id = gatewayId(resource.stackPath, resource.logicalId);
    return { ref: id, attributes: { Id: id } };
  },
};
