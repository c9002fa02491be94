import type { FunctionInfo } from '../../functions/functions';

/** Variables of functions in which rules name connections. */
const RULES = ['JIT', 'JIT_RULE', 'SCOPE', 'ADOPTION'];
/** What holds names of connections in a rule: a list of them, or what holds for each of them. */
const HOLDERS: ReadonlySet<string> = new Set(['connections', 'except']);

/**
 * The connections that the configuration names, in `jit`, in the scope of a system or in whom it trusts, as the template
 * tells the functions.
 */
export function namedConnections(functions: readonly Pick<FunctionInfo, 'environment'>[]): string[] {
  const rules = functions.flatMap(({ environment }) => RULES.flatMap((name) => environment[name] ?? []));
  return [...new Set(rules.flatMap((rule) => namesIn(JSON.parse(rule))))];
}

function namesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, held]) => [
    ...(HOLDERS.has(name) ? namesOf(held) : []),
    ...namesIn(held),
  ]);
}

function namesOf(held: unknown): string[] {
  if (Array.isArray(held)) return held.filter((name) => typeof name === 'string');
  return typeof held === 'object' && held !== null ? Object.keys(held) : [];
}
