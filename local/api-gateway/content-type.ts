import type { GatewayRequest } from './definitions';
import { findHeader } from './request-context';

/** Media type without parameters, in lower case. API Gateway takes a request without one for JSON. */
export function contentTypeOf(request: Pick<GatewayRequest, 'headers'>): string {
  const header = findHeader(request.headers, 'content-type') ?? '';
  return header.split(';')[0]?.trim().toLowerCase() || 'application/json';
}
