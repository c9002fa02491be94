/** What a connection brings: accounts in all systems, in none, or in these. */
type Brings = boolean | readonly string[];

/** Which connections bring accounts, and where: as the configuration says it, for the function that serves all systems. */
export interface JitSwitches {
  readonly default: Brings;
  readonly connections: Readonly<Record<string, Brings>>;
}

/** True where those who come by a connection get an account in a system. */
export const brings = (switches: JitSwitches, connection: string, system: string): boolean =>
  isIn(broughtBy(switches, connection), system);

/** The same where nobody said by which connection; undefined where it makes a difference. */
export function broughtByAny(
  { default: others, connections }: JitSwitches,
  system: string,
): boolean | undefined {
  const byDefault = isIn(others, system);
  return Object.values(connections).every((what) => isIn(what, system) === byDefault) ? byDefault : undefined;
}

/** True where those who come by a connection get no account at all. */
export const isPassedThrough = (switches: JitSwitches, connection: string): boolean =>
  broughtBy(switches, connection) === false;

function broughtBy({ default: others, connections }: JitSwitches, connection: string): Brings {
  return Object.hasOwn(connections, connection) ? (connections[connection] ?? others) : others;
}

const isIn = (what: Brings, system: string) => (typeof what === 'boolean' ? what : what.includes(system));
