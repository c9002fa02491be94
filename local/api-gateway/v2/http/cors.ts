import type { CorsDefinition } from '../definitions';

/**
 * Headers of the API's CORS configuration for a request from `origin`; none for an origin that it does not list.
 * With a configuration those that a function answers are ignored.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
export function corsHeaders(cors: CorsDefinition, origin: string | undefined): Record<string, string> {
  if (origin === undefined) return {};
  const allowed = allowedOrigin(cors, origin);
  if (allowed === undefined) return {};
  return {
    'access-control-allow-origin': allowed,
    ...(allowed !== '*' && { vary: 'Origin' }),
    ...(cors.credentials && { 'access-control-allow-credentials': 'true' }),
    ...(cors.exposed.length > 0 && { 'access-control-expose-headers': cors.exposed.join(',') }),
  };
}

/** What the answer to a preflight says besides. */
export function preflightHeaders(cors: CorsDefinition, origin: string | undefined): Record<string, string> {
  const headers = corsHeaders(cors, origin);
  if (Object.keys(headers).length === 0) return {};
  return {
    ...headers,
    ...(cors.methods.length > 0 && { 'access-control-allow-methods': cors.methods.join(',') }),
    ...(cors.headers.length > 0 && { 'access-control-allow-headers': cors.headers.join(',') }),
    ...(cors.maxAgeSeconds !== undefined && { 'access-control-max-age': String(cors.maxAgeSeconds) }),
  };
}

/** A preflight is answered even where no route is for it. */
export function isPreflight(method: string, headers: Readonly<Record<string, string>>): boolean {
  return (
    method === 'OPTIONS' &&
    headers.origin !== undefined &&
    headers['access-control-request-method'] !== undefined
  );
}

/** A function's own words on CORS are not handed on. */
export function withoutCors(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith('access-control-')));
}

/** Origins may be `https://*`, `http://*` or all. */
function allowedOrigin({ origins }: CorsDefinition, origin: string): string | undefined {
  if (origins.includes('*')) return '*';
  const fits = (known: string) =>
    known.endsWith('*') ? origin.startsWith(known.slice(0, -1)) : known === origin;
  return origins.some(fits) ? origin : undefined;
}
