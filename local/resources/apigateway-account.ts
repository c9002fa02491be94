import * as z from 'zod';
import { gatewayId } from '../api-gateway/local-api';
import { readProperties } from '../api-gateway/read-properties';
import type { ResourceType } from './resource-type';

const PROPERTIES = z.strictObject({ CloudWatchRoleArn: z.string() });

export const apigatewayAccount: ResourceType = {
  type: 'AWS::ApiGateway::Account',
  support: 'supported: the role that writes the logs of APIs',
  properties: Object.keys(PROPERTIES.shape),
  create(resource, run) {
    run.iam.api.logWith(readProperties(resource, PROPERTIES).CloudWatchRoleArn.split('/').at(-1) ?? '');
    const id = gatewayId(resource.stackPath, resource.logicalId);
    return { ref: id, attributes: { Id: id } };
  },
};
