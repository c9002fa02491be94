/**
 * Which connections bring accounts in one system, as the stack tells it to functions. There is none for a system in
 * which all of them do.
 */
export interface JitRule {
  /** Of a connection that is not named. */
  readonly default: boolean;
  /** Names of the connections of which the opposite holds. */
  readonly except: readonly string[];
}

/** Whether those who come by a connection get an account. */
export function bringsAccount(rule: JitRule | null, connection: string): boolean {
  return rule === null || rule.default !== rule.except.includes(connection);
}
