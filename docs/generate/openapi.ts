import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { API_OPERATIONS, type ApiOperation } from '../../events/provisioning-api/operations';
import {
  API_ROUTES,
  API_SCOPES,
  type ApiRoute,
  type ApiRouteName,
} from '../../events/provisioning-api/routes';
import { problemSchema } from '../../events/provisioning-api/schemas';
import { version } from '../../package.json';

export const OPENAPI_FILE = join(__dirname, '../openapi.json');

/** The provisioning API as OpenAPI 3.1, made of the tables that the template and the function are made of. */
export function openApi(): object {
  const names = Object.keys(API_ROUTES) as ApiRouteName[];
  const paths: Record<string, Record<string, object>> = {};
  for (const name of names) {
    const { method, path } = API_ROUTES[name];
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationOf(name) };
  }
  return {
    openapi: '3.1.0',
    info: {
      ...{ title: 'Punctual provisioning API', version },
      description: 'docs/provisioning-api.md says what it is for.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [
      { url: '{ProvisioningApiUrl}', variables: { ProvisioningApiUrl: { default: 'https://example.com' } } },
    ],
    paths,
    components: {
      schemas: { Problem: schemaOf(problemSchema) },
      responses: {
        Problem: {
          description: 'RFC 9457; `code` is stable.',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
        Refused: { description: 'What API Gateway refuses by itself, or a problem.' },
      },
      securitySchemes: {
        token: {
          ...{ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
          description: `An access token of the tenant. Scopes: ${scopes()}.`,
        },
      },
    },
  };
}

const scopes = () =>
  Object.entries(API_SCOPES)
    .map(([scope, words]) => `\`${scope}\` (${words.toLowerCase()})`)
    .join(', ');

export const openApiText = () => `${JSON.stringify(openApi(), null, 2)}\n`;

function operationOf(name: ApiRouteName): object {
  const route: ApiRoute = API_ROUTES[name];
  const operation = API_OPERATIONS[name];
  const { summary, body } = operation;
  return {
    operationId: name,
    summary,
    tags: [route.for],
    security: [{ token: [route.scope] }],
    parameters: parametersOf(route, operation),
    ...(body && { requestBody: { content: { 'application/json': { schema: schemaOf(body) } } } }),
    responses: responsesOf(operation),
  };
}

const PATH_WORDS: Readonly<Record<string, string>> = {
  id: 'base64url of the user_id in UTF-8, without padding',
  system: 'name of a system',
  invitation: 'id of an invitation',
};

function parametersOf({ path }: ApiRoute, { query, waits, idempotent }: ApiOperation): object[] {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    ...{ name, in: 'path', required: true, schema: { type: 'string' } },
    description: PATH_WORDS[name],
  }));
  const { properties = {}, required = [] } = query === undefined ? {} : schemaOf(query);
  const inQuery = Object.entries(properties).map(([name, schema]) => ({
    ...{ name, in: 'query', required: required.includes(name), schema },
  }));
  return [...inPath, ...inQuery, ...(waits ? [PREFER] : []), ...(idempotent ? [IDEMPOTENCY_KEY] : [])];
}

const PREFER = {
  ...{ name: 'Prefer', in: 'header', schema: { type: 'string', pattern: '^wait=[0-9]+$' } },
  description: 'Seconds to wait until the link is settled, 20 at most (RFC 7240)',
};

const IDEMPOTENCY_KEY = {
  ...{ name: 'Idempotency-Key', in: 'header', schema: { type: 'string', minLength: 1, maxLength: 255 } },
  description: 'Made up by the caller for each invitation: who sends it again makes no second one',
};

const RETRY_AFTER = { 'Retry-After': { schema: { type: 'integer' }, description: 'Seconds' } };
const APPLIED = {
  'Preference-Applied': { schema: { type: 'string' }, description: 'Where the call waited' },
};

function responsesOf({ answers, problems, waits }: ApiOperation): object {
  const good = Object.entries(answers).map(([status, { words, schema }]) => [
    status,
    {
      description: words,
      headers: { ...(status === '202' && RETRY_AFTER), ...(waits && APPLIED) },
      content: { 'application/json': { schema: schemaOf(schema) } },
    },
  ]);
  const bad = [...problems, 503].map((status) => [status, { $ref: '#/components/responses/Problem' }]);
  const refused = [401, 403, 429].map((status) => [status, { $ref: '#/components/responses/Refused' }]);
  return Object.fromEntries([...good, ...bad, ...refused]);
}

function schemaOf(schema: z.ZodMiniType): {
  readonly properties?: Record<string, object>;
  readonly required?: readonly string[];
} {
  const { $schema: _version, ...json } = z.toJSONSchema(schema, { target: 'draft-2020-12' });
  return json as ReturnType<typeof schemaOf>;
}

if (require.main === module) writeFileSync(OPENAPI_FILE, openApiText());
