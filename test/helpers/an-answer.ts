import type { HttpAnswer } from '../../lambdas/runtime/http';

/** What a server answers, read to its end. A body that is no text is JSON. */
export const anAnswer = (
  status: number,
  body: unknown = '',
  headers: Record<string, string> = {},
): HttpAnswer => ({
  ...{ status, headers: new Headers(headers) },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
