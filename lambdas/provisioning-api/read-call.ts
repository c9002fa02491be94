import type { APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import type { ApiCall } from './api-call';

/** A call of API Gateway, payload 2.0. */
export function readCall(event: APIGatewayProxyEventV2WithJWTAuthorizer): ApiCall {
  const { routeKey, requestContext, isBase64Encoded, body } = event;
  const encoding = isBase64Encoded ? 'base64' : 'utf8';
  return {
    ...{ routeKey, requestId: requestContext.requestId },
    path: event.pathParameters ?? {},
    query: event.queryStringParameters ?? {},
    headers: event.headers,
    body: body === undefined ? undefined : Buffer.from(body, encoding).toString('utf8'),
    verified: requestContext.authorizer?.jwt?.claims ?? {},
  };
}
