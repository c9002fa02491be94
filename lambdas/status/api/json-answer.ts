import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

export type Answer = APIGatewayProxyStructuredResultV2;

/** What is true of everything that this API answers: it is of one person, of this moment, and what it says it is. */
export const COMMON_HEADERS = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
} as const;

export function jsonAnswer(statusCode: number, body: object): Answer {
  const headers = { ...COMMON_HEADERS, 'content-type': 'application/json' };
  return { statusCode, headers, body: JSON.stringify(body) };
}
