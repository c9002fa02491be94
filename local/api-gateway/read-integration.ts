import * as z from 'zod';
import type { ResolvedResource } from '../resources/resource-type';
import type { HeaderSource, IntegrationDefinition, IntegrationResponse } from './definitions';
import { readHeaderSource } from './read-header-source';
import { refuseResource } from './read-properties';
import { readTemplate } from './read-template';
import { REQUEST_PATHS } from './request-context';

/** AWS's own default of an integration's time-out. */
const DEFAULT_TIMEOUT_MS = 29_000;

const RESPONSE = z.strictObject({
  StatusCode: z.coerce.number().int(),
  SelectionPattern: z.string().optional(),
  ResponseParameters: z.record(z.string(), z.string()).default({}),
  ResponseTemplates: z.strictObject({ 'application/json': z.string().optional() }).default({}),
});

export const INTEGRATION = z.strictObject({
  Type: z.literal('AWS'),
  Uri: z.string().regex(/^arn:aws:apigateway:[\w-]+:sns:path\/\/?$/, 'only SNS by path is known'),
  IntegrationHttpMethod: z.literal('POST'),
  Credentials: z.string().regex(/^arn:aws:iam::\d{12}:role\/.+/, 'an integration role is needed'),
  PassthroughBehavior: z.literal('NEVER'),
  RequestParameters: z.record(
    z.string().regex(/^integration\.request\.header\.[\w-]+$/),
    z.string().regex(/^'[^']*'$/, 'only fixed texts in quotes are known'),
  ),
  RequestTemplates: z.record(z.string(), z.string()),
  IntegrationResponses: z.array(RESPONSE).min(1),
  TimeoutInMillis: z.coerce.number().int().min(50).max(DEFAULT_TIMEOUT_MS).default(DEFAULT_TIMEOUT_MS),
});

export function readIntegration(
  resource: ResolvedResource,
  properties: z.output<typeof INTEGRATION>,
): IntegrationDefinition {
  const templates = Object.entries(properties.RequestTemplates).map(([contentType, template]) => [
    contentType.toLowerCase(),
    readTemplate(resource, template, REQUEST_PATHS),
  ]);
  return {
    role: properties.Credentials.split('/').at(-1) ?? '',
    timeoutMs: properties.TimeoutInMillis,
    headers: readRequestHeaders(properties.RequestParameters),
    templates: Object.fromEntries(templates),
    responses: properties.IntegrationResponses.map((response) => readResponse(resource, response)),
  };
}

function readRequestHeaders(parameters: Record<string, string>): Record<string, string> {
  const entries = Object.entries(parameters).map(([name, value]) => [
    (name.split('.').at(-1) ?? '').toLowerCase(),
    value.slice(1, -1),
  ]);
  return Object.fromEntries(entries);
}

function readResponse(resource: ResolvedResource, response: z.output<typeof RESPONSE>): IntegrationResponse {
  const template = response.ResponseTemplates['application/json'];
  const pattern = response.SelectionPattern;
  return {
    status: response.StatusCode,
    // The whole status has to match, as with Java's String.matches.
    pattern: pattern === undefined ? undefined : new RegExp(`^(?:${pattern})$`),
    headers: readHeaders(resource, response.ResponseParameters, 'method.response.header.'),
    template: template === undefined ? undefined : readTemplate(resource, template, REQUEST_PATHS),
  };
}

/** Reads response parameters, whose names begin with the prefix. */
export function readHeaders(
  resource: ResolvedResource,
  parameters: Record<string, string>,
  prefix: string,
): Record<string, HeaderSource> {
  const entries = Object.entries(parameters).map(([name, expression]): [string, HeaderSource] => {
    const source = name.startsWith(prefix) ? readHeaderSource(expression) : undefined;
    if (!source) refuseResource(resource, `ResponseParameters.${name} = ${expression} is not supported`);
    return [name.slice(prefix.length), source];
  });
  return Object.fromEntries(entries);
}
