import { isObject } from '../../../template/template';

const EXPRESSION = /^\$\{?request\.body\.([\w-]+(?:\.[\w-]+)*)\}?$/;

/** Gives the key that a message selects; undefined where it is no JSON, or says none. */
export type SelectRoute = (message: string) => string | undefined;

/** Throws in words for an expression that is not known. */
export function createRouteSelection(expression: string): SelectRoute {
  const [, path] = EXPRESSION.exec(expression) ?? [];
  if (path === undefined) throw new Error(`the route selection expression ${expression}`);
  const names = path.split('.');
  return (message) => {
    const step = (value: unknown, name: string) => (isObject(value) ? value[name] : undefined);
    const selected = names.reduce<unknown>(step, parse(message));
    return selected === undefined || selected === null || typeof selected === 'object'
      ? undefined
      : String(selected);
  };
}

function parse(message: string): unknown {
  try {
    return JSON.parse(message);
  } catch {
    return undefined;
  }
}
