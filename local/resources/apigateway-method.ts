import * as z from 'zod';
import { gatewayId } from '../api-gateway/local-api';
import { INTEGRATION, readIntegration } from '../api-gateway/read-integration';
import { flag, readProperties, refuseResource, words } from '../api-gateway/read-properties';
import type { ResolvedResource, ResourceType } from './resource-type';

const METHOD_RESPONSE = z.strictObject({
  StatusCode: z.coerce.number().int(),
  ResponseParameters: z.record(z.string(), flag).default({}),
  ResponseModels: words,
});

const PROPERTIES = z.strictObject({
  RestApiId: z.string(),
  ResourceId: z.string(),
  HttpMethod: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']),
  AuthorizationType: z.literal('NONE'),
  ApiKeyRequired: flag.default(false),
  OperationName: words,
  RequestParameters: z
    .record(z.string().regex(/^method\.request\.(header|querystring)\..+/), flag)
    .default({}),
  RequestModels: z.record(z.string().regex(/^[\w.+-]+\/[\w.+-]+$/), z.string()).default({}),
  RequestValidatorId: z.string().optional(),
  Integration: INTEGRATION,
  MethodResponses: z.array(METHOD_RESPONSE).default([]),
});

export const apigatewayMethod: ResourceType = {
  type: 'AWS::ApiGateway::Method',
  support:
    'supported: API keys, required parameters, models, AWS integration with SNS by form, templates by content type, responses by pattern with the default last. Refused: authorizers, other integrations, passthrough other than NEVER, `ANY`',
  properties: Object.keys(PROPERTIES.shape),
  create(resource, run) {
    const properties = readProperties(resource, PROPERTIES);
    requireMethodResponses(resource, properties);
    run.api.restApi(properties.RestApiId).addMethod({
      httpMethod: properties.HttpMethod,
      resourceId: properties.ResourceId,
      apiKeyRequired: properties.ApiKeyRequired,
      requestParameters: properties.RequestParameters,
      requestModels: properties.RequestModels,
      validatorId: properties.RequestValidatorId,
      integration: readIntegration(resource, properties.Integration),
    });
    return { ref: gatewayId(resource.stackPath, resource.logicalId) };
  },
};

/**
 * AWS keeps integration responses by their status, drops a second one without a word, and refuses one whose status
 * or header the method does not declare.
 */
function requireMethodResponses(resource: ResolvedResource, properties: z.output<typeof PROPERTIES>): void {
  const statuses = properties.Integration.IntegrationResponses.map(({ StatusCode }) => StatusCode);
  const twice = statuses.find((status, index) => statuses.indexOf(status) !== index);
  if (twice !== undefined) refuseResource(resource, `two integration responses with status ${twice}`);
  for (const { StatusCode, ResponseParameters } of properties.Integration.IntegrationResponses) {
    const declared = properties.MethodResponses.find((response) => response.StatusCode === StatusCode);
    if (!declared) refuseResource(resource, `no method response declares status ${StatusCode}`);
    const missing = Object.keys(ResponseParameters).find((name) => !(name in declared.ResponseParameters));
    if (missing) refuseResource(resource, `method response ${StatusCode} does not declare ${missing}`);
  }
}
