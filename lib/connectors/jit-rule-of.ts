import type { JitRule } from '../../events/jit-rule';
import type { Brings, JitConfiguration } from '../configuration/jit-schema';

/** Which connections bring accounts in a system; null where all of them do. */
export function jitRuleOf(jit: JitConfiguration, system: string): JitRule | null {
  const byDefault = isBrought(jit.default, system);
  const except = Object.entries(jit.connections).flatMap(([name, brings]) =>
    isBrought(brings, system) === byDefault ? [] : [name],
  );
  return byDefault && except.length === 0 ? null : { default: byDefault, except };
}

const isBrought = (brings: Brings, system: string) =>
  typeof brings === 'boolean' ? brings : brings.includes(system);
