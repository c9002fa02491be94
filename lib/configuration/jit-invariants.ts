import { withWorker } from './has-worker';
import type { Brings, JitConfiguration } from './jit-schema';
import type { Problem } from './rule-invariants';
import type { AnySystemConfiguration } from './system-schema';
import { termsOf } from './terms-of';

interface Switched {
  readonly jit: JitConfiguration;
  readonly systems: Readonly<Record<string, AnySystemConfiguration>>;
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
    typeof brings === 'boolean' ? [] : [...unknown(path, brings, systems), ...unled(path, brings, systems)],
  );
}

function unknown(path: readonly string[], names: readonly string[], systems: Switched['systems']): Problem[] {
  return names.flatMap((name, index) => {
    if (Object.hasOwn(systems, name)) return [];
    const allowed = 'the name of a system of this configuration';
    return [{ path: [...path, index], given: JSON.stringify(name), allowed }];
  });
}

// It would wait for an account that nobody makes.
function unled(path: readonly string[], names: readonly string[], systems: Switched['systems']): Problem[] {
  const worked = withWorker(systems);
  return names.flatMap((name, index) => {
    const system = worked[name];
    const missing = (system === undefined ? [] : termsOf(system).after).filter(
      (first) => !names.includes(first),
    );
    if (missing.length === 0) return [];
    const allowed = `a system whose after is in the list as well: add ${missing.join(', ')}`;
    return [{ path: [...path, index], given: JSON.stringify(name), allowed }];
  });
}
