import { APIGATEWAY_ROUTES } from '../apigateway/routes';
import { AwsError } from '../aws-error';
import { EXECUTE_API_ROUTES } from '../execute-api/routes';
import type { DoorRequest, ServiceName } from '../front-door';
import { LAMBDA_ROUTES } from '../lambda/routes';
import { SES_ROUTES } from '../ses/routes';

/** An operation by method and path; a part of the path in braces is an input of that name. */
export interface RestRoute {
  readonly method: string;
  readonly path: string;
  readonly operation: string;
  /** The input that the whole body is. @default its fields are inputs */
  readonly bodyAs?: string;
  /** The input that the body is as it stands, JSON or not. */
  readonly textAs?: string;
  /** Inputs that are headers, by their names. */
  readonly headers?: Readonly<Record<string, string>>;
}

const ROUTES: Partial<Record<ServiceName, readonly RestRoute[]>> = {
  apigateway: APIGATEWAY_ROUTES,
  'execute-api': EXECUTE_API_ROUTES,
  lambda: LAMBDA_ROUTES,
  ses: SES_ROUTES,
};

export interface RoutedCall {
  readonly operation: string;
  readonly input: Record<string, unknown>;
}

/** The call that a request is; a path that we do not know is refused by its method and path. */
export function readRest(request: DoorRequest, service: ServiceName): RoutedCall {
  const { method, path = '/' } = request;
  const { pathname, searchParams } = new URL(path, `http://${service}`);
  for (const route of ROUTES[service] ?? []) {
    const values = route.method === method ? matchPath(route.path, pathname) : undefined;
    if (values === undefined) continue;
    const { operation } = route;
    return { operation, input: { ...given(request, route), ...Object.fromEntries(searchParams), ...values } };
  }
  throw new AwsError(
    'UnsupportedOperation',
    `The local run does not support ${method} ${pathname} of ${service}.`,
  );
}

function given({ headers, body }: DoorRequest, route: RestRoute): Record<string, unknown> {
  const named = Object.entries(route.headers ?? {}).map(([name, header]) => [name, headers[header]]);
  const known = named.filter(([, value]) => value !== undefined);
  return {
    ...bodyInputs(body, route),
    ...Object.fromEntries(known),
  };
}

function bodyInputs(body: string, { bodyAs, textAs }: RestRoute): Record<string, unknown> {
  if (textAs !== undefined) return { [textAs]: body };
  const parsed = parseBody(body);
  return bodyAs === undefined ? parsed : { [bodyAs]: parsed };
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
