import * as z from 'zod';
import { RESPONSE_TYPES, type ResponseType } from '../api-gateway/gateway-refusal';
import { gatewayId } from '../api-gateway/local-api';
import { readHeaders } from '../api-gateway/read-integration';
import { readProperties, refuseResource } from '../api-gateway/read-properties';
import { readTemplate } from '../api-gateway/read-template';
import { GATEWAY_RESPONSE_PATHS } from '../api-gateway/request-context';
import type { ResourceType } from './resource-type';

const TYPES = Object.keys(RESPONSE_TYPES) as [ResponseType, ...ResponseType[]];

const PROPERTIES = z.strictObject({
  RestApiId: z.string(),
  ResponseType: z.enum(TYPES),
  StatusCode: z.coerce.number().int().min(200).max(599).optional(),
  ResponseParameters: z.record(z.string(), z.string()).default({}),
  ResponseTemplates: z.strictObject({ 'application/json': z.string().optional() }).default({}),
});

export const apigatewayGatewayResponse: ResourceType = {
  type: 'AWS::ApiGateway::GatewayResponse',
  support:
    'supported: status, JSON template without directives, headers from fixed texts and `context`. Refused: other content types, request values in headers',
  properties: Object.keys(PROPERTIES.shape),
  create(resource, run) {
    const properties = readProperties(resource, PROPERTIES);
    const template = properties.ResponseTemplates['application/json'];
    // Gateway responses know variables only; a directive would reach the caller as it stands.
    if (template && /#[a-z{]/i.test(template)) refuseResource(resource, 'directives in ResponseTemplates');
    run.api.restApi(properties.RestApiId).addGatewayResponse(properties.ResponseType, {
      status: properties.StatusCode,
      headers: readHeaders(resource, properties.ResponseParameters, 'gatewayresponse.header.'),
      template: template === undefined ? undefined : readTemplate(resource, template, GATEWAY_RESPONSE_PATHS),
    });
    return { ref: gatewayId(resource.stackPath, resource.logicalId) };
  },
};
