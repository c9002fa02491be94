import { TemplateError } from './template-error';

type Method<Target> = (target: Target, ...values: never[]) => unknown;

/** Methods of java.lang.String that mean the same in both languages. */
const STRING_METHODS: Record<string, Method<string>> = {
  toLowerCase: (text) => text.toLowerCase(),
  toUpperCase: (text) => text.toUpperCase(),
  trim: (text) => text.trim(),
  length: (text) => text.length,
  isEmpty: (text) => text === '',
  indexOf: (text, part: string) => text.indexOf(part),
  contains: (text, part: string) => text.includes(part),
  startsWith: (text, part: string) => text.startsWith(part),
  endsWith: (text, part: string) => text.endsWith(part),
  equals: (text, other: unknown) => text === other,
  substring: (text, from: number, to?: number) => text.substring(from, to),
};

/** Methods of java.util.Map; names are compared exactly, unlike velocityjs's own `get`. */
const MAP_METHODS: Record<string, Method<Record<string, unknown>>> = {
  keySet: (map) => Object.keys(map),
  get: (map, key: string) => (Object.hasOwn(map, key) ? map[key] : undefined),
  containsKey: (map, key: string) => Object.hasOwn(map, key),
  size: (map) => Object.keys(map).length,
  isEmpty: (map) => Object.keys(map).length === 0,
};

const LIST_METHODS: Record<string, Method<unknown[]>> = {
  get: (list, index: number) => list[index],
  size: (list) => list.length,
  isEmpty: (list) => list.length === 0,
  contains: (list, value: unknown) => list.includes(value),
};

export const KNOWN_METHODS: ReadonlySet<string> = new Set(
  [STRING_METHODS, MAP_METHODS, LIST_METHODS].flatMap((methods) => Object.keys(methods)),
);

/** Calls a method as Velocity does on the Java value; a method that the value does not have is refused. */
export function callMethod(target: unknown, name: string, values: readonly unknown[]): unknown {
  const method = methodOf(target, name);
  if (!method) throw new TemplateError('unsupported-method', `.${name}() is not supported on this value`);
  return method(target as never, ...(values as never[]));
}

function methodOf(target: unknown, name: string): Method<never> | undefined {
  const own = (methods: Record<string, Method<never>>) =>
    Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (typeof target === 'string') return own(STRING_METHODS);
  if (Array.isArray(target)) return own(LIST_METHODS);
  if (target === null || typeof target !== 'object') return undefined;
  const member = Object.hasOwn(target, name) ? target[name as never] : undefined;
  if (typeof member === 'function')
    return (_, ...values) => (member as Method<never>)(...(values as [never]));
  return own(MAP_METHODS);
}
