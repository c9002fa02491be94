import type { HeaderSource } from './definitions';
import { REQUEST_PATHS } from './request-context';

/** Reads the right side of a response parameter: `'fixed'`, `context.x` or `integration.response.header.X`. */
export function readHeaderSource(expression: string): HeaderSource | undefined {
  const fixed = /^'([^']*)'$/.exec(expression);
  if (fixed) return { value: fixed[1] ?? '' };
  const [, contextPath] = /^context\.([\w.]+)$/.exec(expression) ?? [];
  if (contextPath && REQUEST_PATHS.has(contextPath)) return { contextPath };
  const [, integrationHeader] = /^integration\.response\.header\.([\w-]+)$/.exec(expression) ?? [];
  return integrationHeader ? { integrationHeader } : undefined;
}
