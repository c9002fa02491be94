import { parseJson } from '../../events/parse-json';
import { ApiProblem } from './problem';

interface Issue {
  readonly path: PropertyKey[];
  /** Of fields that there are not. */
  readonly keys?: readonly string[];
}

/** As much of a schema as is needed, whichever zod made it. */
export interface BodySchema<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false; error: { issues: Issue[] } };
}

/** The body of a call; `{}` where there is none. */
export function readBody<T>(body: string | undefined, schema: BodySchema<T>): T {
  return readAs('body', body === undefined || body.trim() === '' ? {} : parseJson(body), schema);
}

/** What is somewhere in a call, as a schema wants it. */
export function readAs<T>(where: string, given: unknown, schema: BodySchema<T>): T {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [{ path = [], keys: [unknown] = [] } = {}] = parsed.error.issues;
  const named = unknown === undefined ? path : [...path, unknown];
  throw new ApiProblem(400, 'invalid-request', { detail: safePath([where, ...named]) });
}

// Names come from the caller too.
const safePath = (path: readonly PropertyKey[]) =>
  path.map((part) => (/^[A-Za-z0-9_-]{1,64}$/.test(String(part)) ? String(part) : '?')).join('.');
