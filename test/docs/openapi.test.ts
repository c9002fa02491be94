import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { OPENAPI_FILE, openApi, openApiText } from '../../docs/generate/openapi';
import { API_CODES } from '../../events/codes';
import { API_ROUTES, API_SCOPES } from '../../events/provisioning-api/routes';
import { readPage } from './helpers/markdown';

interface Operation {
  readonly operationId: string;
  readonly security: readonly { readonly token: readonly string[] }[];
  readonly responses: Readonly<Record<string, unknown>>;
}
const { paths } = openApi() as { paths: Record<string, Record<string, Operation>> };
const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    path,
    method: method.toUpperCase(),
    ...operation,
  })),
);

test('the file says what the tables say', () => {
  // `npm run generate` brings it up to date.
  expect(readFileSync(OPENAPI_FILE, 'utf8')).toBe(openApiText());
});

test('it is OpenAPI 3.1', async () => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(JSON.parse(openApiText()));
  expect([valid, errors, validator.version]).toEqual([true, undefined, '3.1']);
});

test('it has every route with its scope, and no other', () => {
  expect(
    operations.map(({ operationId, method, path, security }) => [operationId, method, path, security]),
  ).toEqual(
    expect.arrayContaining(
      Object.entries(API_ROUTES).map(([name, { method, path, scope }]) => [
        name,
        method,
        path,
        [{ token: [scope] }],
      ]),
    ),
  );
  expect(operations).toHaveLength(Object.keys(API_ROUTES).length);
});

test('every call says what it answers when the token is none, lacks a scope, or something of ours is down', () => {
  for (const { responses } of operations)
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(['401', '403', '429', '503']));
});

test('the page names every route, every scope and where the codes are', () => {
  const page = readPage('docs/provisioning-api.md');
  for (const { method, path } of Object.values(API_ROUTES)) expect(page).toContain(`\`${method} ${path}`);
  for (const scope of Object.keys(API_SCOPES)) expect(page).toContain(`\`${scope}\``);
  for (const code of [
    'machine-token',
    'user-erased',
    'user-deleted',
    'user-blocked',
    'profile-unknown',
    'not-listed',
  ])
    expect([code, code in API_CODES, page.includes(`\`${code}\``)]).toEqual([code, true, true]);
});
