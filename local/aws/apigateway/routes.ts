import { AwsError } from '../aws-error';
import type { DoorRequest } from '../front-door';

/** Operations of API Gateway's REST interface by method and path; a part in braces is an input of that name. */
const ROUTES: readonly (readonly [method: string, path: string, operation: string])[] = [
  ['GET', '/apikeys', 'GetApiKeys'],
  ['POST', '/apikeys', 'CreateApiKey'],
  ['GET', '/apikeys/{apiKey}', 'GetApiKey'],
  ['PATCH', '/apikeys/{apiKey}', 'UpdateApiKey'],
  ['DELETE', '/apikeys/{apiKey}', 'DeleteApiKey'],
  ['GET', '/usageplans/{usagePlanId}/keys', 'GetUsagePlanKeys'],
  ['POST', '/usageplans/{usagePlanId}/keys', 'CreateUsagePlanKey'],
];

export interface RoutedCall {
  readonly operation: string;
  readonly input: Record<string, unknown>;
}

/** The call that a request is; a path that we do not know is refused by its method and path. */
export function readRest({ method, path = '/', body }: DoorRequest): RoutedCall {
  const { pathname, searchParams } = new URL(path, 'http://apigateway');
  for (const [known, template, operation] of ROUTES) {
    const values = known === method ? matchPath(template, pathname) : undefined;
    if (values === undefined) continue;
    return { operation, input: { ...parseBody(body), ...Object.fromEntries(searchParams), ...values } };
  }
  throw new AwsError(
    'UnsupportedOperation',
    `The local run does not support ${method} ${pathname} of apigateway.`,
  );
}

function matchPath(template: string, pathname: string): Record<string, string> | undefined {
  const [wanted, given] = [template.split('/'), pathname.split('/')];
  if (wanted.length !== given.length) return undefined;
  const values: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const text = decodeURIComponent(given[index] ?? '');
    if (part.startsWith('{')) values[part.slice(1, -1)] = text;
    else if (part !== text) return undefined;
  }
  return values;
}

function parseBody(body: string): Record<string, unknown> {
  try {
    return body === '' ? {} : JSON.parse(body);
  } catch {
    throw new AwsError('SerializationException', 'The body is no JSON.');
  }
}
