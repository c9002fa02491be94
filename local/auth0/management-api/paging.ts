import { ApiError } from './api-error';
import { TENANT_LIMITS as LIMITS } from './tenant-limits';

/** One page of a list. As a tenant does, it leaves out numbers that are 0. */
export function pageOf(name: string, items: readonly object[], query: URLSearchParams): object {
  const page = wholeNumber(query, 'page', 0, Number.MAX_SAFE_INTEGER) ?? 0;
  const size = wholeNumber(query, 'per_page', 1, LIMITS.largestPage) ?? LIMITS.pageSize;
  const found = items.slice(page * size, (page + 1) * size);
  return {
    [name]: found,
    ...(found.length === 0 ? {} : { total: items.length }),
    ...(page === 0 ? {} : { page }),
    per_page: size,
  };
}

/** A part of a list that goes on at a checkpoint; `next` leads there. */
export function checkpointOf(name: string, items: readonly object[], query: URLSearchParams): object {
  const from = wholeNumber(query, 'from', 0, Number.MAX_SAFE_INTEGER) ?? 0;
  const take = wholeNumber(query, 'take', 1, LIMITS.largestPage) ?? LIMITS.checkpointSize;
  const next = from + take;
  return { [name]: items.slice(from, next), ...(next < items.length ? { next: String(next) } : {}) };
}

function wholeNumber(query: URLSearchParams, name: string, least: number, most: number): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new ApiError(400, `Query validation error: '${text}' on property ${name}`, 'invalid_query_string');
}
