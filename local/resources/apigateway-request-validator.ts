import * as z from 'zod';
import { gatewayId } from '../api-gateway/local-api';
import { flag, readProperties, words } from '../api-gateway/read-properties';
import type { ResourceType } from './resource-type';

const PROPERTIES = z.strictObject({
  RestApiId: z.string(),
  Name: words,
  ValidateRequestBody: flag.default(false),
  ValidateRequestParameters: flag.default(false),
});

export const apigatewayRequestValidator: ResourceType = {
  type: 'AWS::ApiGateway::RequestValidator',
  support: 'supported: required parameters, then the body by the model of its content type',
  properties: Object.keys(PROPERTIES.shape),
  create(resource, run) {
    const properties = readProperties(resource, PROPERTIES);
    const id = gatewayId(resource.stackPath, resource.logicalId);
    run.api.restApi(properties.RestApiId).addValidator(id, {
      body: properties.ValidateRequestBody,
      parameters: properties.ValidateRequestParameters,
    });
    return { ref: id, attributes: { RequestValidatorId: id } };
  },
};
