import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/** A call of an HTTP API, as it hands it to a function. */
export type HttpCall = Pick<
  APIGatewayProxyEventV2,
  'routeKey' | 'headers' | 'queryStringParameters' | 'body' | 'isBase64Encoded'
>;

/** What we ask for is some hundreds of characters, and a token some thousands at most. */
const MAX_BODY_LENGTH = 16_384;

/**
 * The body as it was sent; undefined where it is missing or larger than any that we take.
 *
 * @param most characters of it
 */
export function bodyOf(
  { body, isBase64Encoded }: Pick<HttpCall, 'body' | 'isBase64Encoded'>,
  most = MAX_BODY_LENGTH,
): string | undefined {
  if (body === undefined || body.length > most) return undefined;
  return isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body;
}
