/** One part of a route's path. */
export type PathPart =
  | { readonly kind: 'fixed'; readonly text: string }
  | { readonly kind: 'variable' | 'greedy'; readonly name: string };

/** `GET /users/{id}` taken apart; undefined for `$default`. */
export interface RoutePath {
  /** `ANY` for every method. */
  readonly method: string;
  /** As it was written. */
  readonly path: string;
  readonly parts: readonly PathPart[];
}

const METHODS = ['ANY', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

/** Throws in words for a key that API Gateway would refuse. */
export function readRouteKey(key: string): RoutePath | undefined {
  if (key === '$default') return undefined;
  const [method = '', path = '', ...others] = key.split(' ');
  if (!METHODS.includes(method) || !path.startsWith('/') || others.length > 0)
    throw new Error(`The route key ${key} is not formatted properly`);
  const parts = path === '/' ? [] : path.slice(1).split('/').map(readPart);
  const greedy = parts.findIndex(({ kind }) => kind === 'greedy');
  if (greedy >= 0 && greedy < parts.length - 1)
    throw new Error(`The greedy path variable of ${key} must be the last part`);
  return { method, path, parts };
}

function readPart(text: string): PathPart {
  const [, name, plus] = /^\{([\w.:-]+)(\+?)\}$/.exec(text) ?? [];
  if (name !== undefined) return { kind: plus === '+' ? 'greedy' : 'variable', name };
  if (/[{}]/.test(text)) throw new Error(`A path variable must be a whole part of the path, not in ${text}`);
  return { kind: 'fixed', text };
}
