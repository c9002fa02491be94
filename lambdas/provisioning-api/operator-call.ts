import * as z from 'zod/mini';
import type { ApiCall } from './api-call';

const texts = z.record(z.string(), z.string());

/**
 * A call of the command line, which invokes the function itself: who may do so is IAM's to say. API Gateway makes no
 * event of this shape, whatever a caller sends.
 */
const operatorCall = z.strictObject({
  /** ARN of who calls. */
  operator: z.string().check(z.regex(/^arn:[\x21-\x7e]{1,2000}$/)),
  /** As API Gateway names it: `POST /invitations`. */
  route: z.string(),
  path: z.optional(texts),
  query: z.optional(texts),
  headers: z.optional(texts),
  body: z.optional(z.unknown()),
});

export type OperatorCall = Readonly<z.infer<typeof operatorCall>>;

/** The call of an operator that an event of the function is; undefined of an event of API Gateway. */
export function readOperatorCall(event: unknown, requestId: string): ApiCall | undefined {
  const parsed = operatorCall.safeParse(event);
  if (!parsed.success) return undefined;
  const { operator, route: routeKey, path = {}, query = {}, headers = {}, body } = parsed.data;
  const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
  return {
    ...{ operator, routeKey, requestId, path, query, verified: {} },
    headers: inLowerCase(headers),
    body: text,
  };
}

const inLowerCase = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
