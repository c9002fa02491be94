import type { RestRoute } from '../protocol/rest-protocol';

/** Operations of API Gateway's REST interface. */
export const APIGATEWAY_ROUTES: readonly RestRoute[] = [
  { method: 'GET', path: '/apikeys', operation: 'GetApiKeys' },
  { method: 'POST', path: '/apikeys', operation: 'CreateApiKey' },
  { method: 'GET', path: '/apikeys/{apiKey}', operation: 'GetApiKey' },
  { method: 'PATCH', path: '/apikeys/{apiKey}', operation: 'UpdateApiKey' },
  { method: 'DELETE', path: '/apikeys/{apiKey}', operation: 'DeleteApiKey' },
  { method: 'GET', path: '/usageplans/{usagePlanId}/keys', operation: 'GetUsagePlanKeys' },
  { method: 'POST', path: '/usageplans/{usagePlanId}/keys', operation: 'CreateUsagePlanKey' },
];
