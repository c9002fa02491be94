import type { Brings, JitConfiguration } from './jit-schema';
import type { Problem } from './rule-invariants';

interface Switched {
  readonly jit: JitConfiguration;
  readonly systems: Readonly<Record<string, unknown>>;
}

/** What is wrong with lists of systems that are each fine on their own. */
export function jitProblems({ jit, systems }: Switched): Problem[] {
  const lists: [string[], Brings][] = [
    [['jit', 'default'], jit.default],
    ...Object.entries(jit.connections).map(([name, brings]): [string[], Brings] => [
      ['jit', 'connections', name],
      brings,
    ]),
  ];
  return lists.flatMap(([path, brings]) =>
    typeof brings === 'boolean' ? [] : unknown(path, brings, systems),
  );
}

function unknown(path: readonly string[], names: readonly string[], systems: Switched['systems']): Problem[] {
  return names.flatMap((name, index) => {
    if (Object.hasOwn(systems, name)) return [];
    const allowed = 'the name of a system of this configuration';
    return [{ path: [...path, index], given: JSON.stringify(name), allowed }];
  });
}
