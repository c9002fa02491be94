import type { EventConnection } from '../../events/event-schema';

/** What a connection brings: accounts in all systems, in none, or in these. */
type Brings = boolean | readonly string[];

export interface JitRule {
  readonly default: Brings;
  readonly connections: Readonly<Record<string, Brings>>;
}

/** What those who come by a connection get; undefined where it depends on which one it is, and nobody said. */
export function broughtBy(rule: JitRule, connection: EventConnection | undefined): Brings | undefined {
  if (connection === undefined) return Object.keys(rule.connections).length === 0 ? rule.default : undefined;
  const { name } = connection;
  return Object.hasOwn(rule.connections, name) ? rule.connections[name] : rule.default;
}

export const brings = (what: Brings, system: string): boolean =>
  typeof what === 'boolean' ? what : what.includes(system);
