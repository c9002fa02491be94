import { validateHeaderName, validateHeaderValue } from 'node:http';
import * as z from 'zod';

/** What a client gets. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: Buffer;
}

/** What API Gateway says itself. */
const OF_THE_CONNECTION: ReadonlySet<string> = new Set(['connection', 'content-length', 'transfer-encoding']);
const BODILESS: ReadonlySet<number> = new Set([204, 304]);

const ANSWER = z.object({
  statusCode: z.coerce.number().int().min(200).max(599),
  headers: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String))
    .refine((headers) => Object.entries(headers).every(isHeader))
    .nullish()
    .transform((headers) => headers ?? {}),
  cookies: z
    .array(z.string())
    .nullish()
    .transform((cookies) => cookies ?? []),
  body: z
    .string()
    .nullish()
    .transform((body) => body ?? ''),
  isBase64Encoded: z.boolean().nullish(),
});

/** Undefined for what API Gateway cannot make an answer of. Without a status the result is the body. */
export function proxyAnswer(result: unknown): HttpAnswer | undefined {
  if (!hasStatus(result)) return inferred(result);
  const read = ANSWER.safeParse(result);
  if (!read.success) return undefined;
  const { statusCode, headers, cookies, body, isBase64Encoded } = read.data;
  const named = Object.entries(headers)
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name]) => !OF_THE_CONNECTION.has(name));
  return {
    status: statusCode,
    headers: { 'content-type': 'text/plain; charset=utf-8', ...Object.fromEntries(named) },
    cookies,
    body: BODILESS.has(statusCode) ? Buffer.alloc(0) : Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
  };
}

function isHeader([name, value]: [string, string]): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}

function hasStatus(result: unknown): boolean {
  return typeof result === 'object' && result !== null && 'statusCode' in result;
}

function inferred(result: unknown): HttpAnswer {
  const text = typeof result === 'string' ? result : JSON.stringify(result);
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    cookies: [],
    body: Buffer.from(text),
  };
}
