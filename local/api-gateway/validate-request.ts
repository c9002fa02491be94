import type { ErrorObject, ValidateFunction } from 'ajv';
import { contentTypeOf } from './content-type';
import type { GatewayRequest, MethodDefinition, ValidatorDefinition } from './definitions';
import { GatewayRefusal } from './gateway-refusal';
import { findHeader } from './request-context';

export interface RequestRules {
  readonly validator: ValidatorDefinition | undefined;
  /** Content type -> compiled model. A content type without a model is not checked, as on AWS. */
  readonly models: Readonly<Record<string, ValidateFunction>>;
  readonly parameters: MethodDefinition['requestParameters'];
}

/** Refuses what the method's request validator refuses: first parameters, then the body. */
export function validateRequest(request: GatewayRequest, rules: RequestRules): void {
  if (rules.validator?.parameters) requireParameters(request, rules.parameters);
  if (rules.validator?.body) checkBody(request, rules.models);
}

/** A parameter must be there and must not be blank. */
function requireParameters(request: GatewayRequest, parameters: RequestRules['parameters']): void {
  const missing = Object.entries(parameters)
    .filter(([name, required]) => required && !readValue(request, name)?.trim())
    .map(([name]) => name.split('.').slice(3).join('.'));
  if (missing.length === 0) return;
  const message = `Missing required request parameters: [${missing.join(', ')}]`;
  throw new GatewayRefusal('BAD_REQUEST_PARAMETERS', message);
}

function readValue(request: GatewayRequest, parameter: string): string | undefined {
  const [, , place, ...rest] = parameter.split('.');
  const name = rest.join('.');
  if (place === 'header') return findHeader(request.headers, name);
  return Object.hasOwn(request.query, name) ? request.query[name] : undefined;
}

function checkBody(request: GatewayRequest, models: RequestRules['models']): void {
  const validate = models[contentTypeOf(request)];
  if (!validate) return;
  if (!validate(parseJson(request.body))) {
    throw new GatewayRefusal('BAD_REQUEST_BODY', undefined, describe(validate.errors ?? []));
  }
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new GatewayRefusal('BAD_REQUEST_BODY', undefined, '[the body is not JSON]');
  }
}

function describe(errors: readonly ErrorObject[]): string {
  return `[${errors.map((error) => `${error.instancePath} ${error.message}`.trim()).join(', ')}]`;
}
