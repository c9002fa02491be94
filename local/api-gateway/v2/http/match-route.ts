import type { ServedRoute } from '../v2-api';
import { type PathPart, type RoutePath, readRouteKey } from './route-key';

export interface MatchedRoute {
  readonly served: ServedRoute;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Finds the route of a method and a decoded path. */
export type MatchRoute = (method: string, path: string) => MatchedRoute | undefined;

interface Candidate {
  readonly served: ServedRoute;
  readonly path: RoutePath;
}

/**
 * The most specific route wins: part by part a fixed one before a variable one before a greedy one, then a method
 * before `ANY`; `$default` takes what is left. A slash at the end is a part of its own, which no variable takes.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export function createRouteMatcher(routes: readonly ServedRoute[]): MatchRoute {
  const candidates = routes
    .flatMap((served): Candidate[] => {
      const path = readRouteKey(served.route.key);
      return path === undefined ? [] : [{ served, path }];
    })
    .toSorted((one, other) => (rankOf(one.path) < rankOf(other.path) ? -1 : 1));
  const fallback = routes.find(({ route }) => route.key === '$default');
  return (method, path) => {
    const given = path === '/' ? [] : path.slice(1).split('/');
    for (const { served, path: wanted } of candidates) {
      const fits = wanted.method === 'ANY' || wanted.method === method;
      const parameters = fits ? matchParts(wanted.parts, given) : undefined;
      if (parameters !== undefined) return { served, parameters };
    }
    return fallback && { served: fallback, parameters: {} };
  };
}

const RANKS = { fixed: '0', variable: '1', greedy: '2' } as const;

/** Texts that sort as the routes do. */
function rankOf({ parts, method }: RoutePath): string {
  return `${parts.map(({ kind }) => RANKS[kind]).join('')} ${method === 'ANY' ? 1 : 0}`;
}

function matchParts(
  wanted: readonly PathPart[],
  given: readonly string[],
): Record<string, string> | undefined {
  const isGreedy = wanted.at(-1)?.kind === 'greedy';
  if (isGreedy ? given.length < wanted.length : given.length !== wanted.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const text = part.kind === 'greedy' ? given.slice(index).join('/') : (given[index] ?? '');
    if (part.kind === 'fixed' ? part.text !== text : text === '') return undefined;
    if (part.kind !== 'fixed') parameters[part.name] = text;
  }
  return parameters;
}
