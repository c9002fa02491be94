import { readValue } from '../events/read-value';
import type { ActionSettings, ConnectionRule, LinkedSystem } from './action-settings';

/** The rule for those who come by the connection of `event`. */
export function ruleOf(event: unknown, { rule, rules }: ActionSettings): ConnectionRule {
  const name = readValue(event, 'connection.name');
  return (typeof name === 'string' && Object.hasOwn(rules, name) ? rules[name] : undefined) ?? rule;
}

/** True for a connection whose people pass without accounts. */
export function isPassThrough(event: unknown, settings: ActionSettings): boolean {
  return ruleOf(event, settings).jit === false;
}

/** The systems in which the rule gives accounts, among those that have links. */
export function systemsOf({ jit }: ConnectionRule, { systems }: ActionSettings): readonly LinkedSystem[] {
  if (jit === false) return [];
  return jit === true ? systems : systems.filter(({ name }) => jit.includes(name));
}
