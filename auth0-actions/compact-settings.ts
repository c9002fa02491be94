import type { ActionSettings, ConnectionRule } from './action-settings';

/**
 * The settings as they are in the code of an Action, where each name of a system is written once: with sixty of them
 * they are a good part of what an Action may have.
 */
export interface CompactSettings extends Omit<ActionSettings, 'systems' | 'rule' | 'rules'> {
  /** Names of the systems, with a blank between. */
  readonly names: string;
  /** Where in them the required ones are. */
  readonly required: readonly number[];
  readonly rule: CompactRule;
  readonly rules: Readonly<Record<string, CompactRule>>;
}

/** Revision and `jit`, which names systems by where they are. */
type CompactRule = readonly [rev: string, jit: boolean | readonly number[]];

export function compactSettings({ systems, rule, rules, ...others }: ActionSettings): CompactSettings {
  const names = systems.map(({ name }) => name);
  const compact = ({ rev, jit }: ConnectionRule): CompactRule => [
    rev,
    // Of a system without links there is nothing to know.
    typeof jit === 'boolean' ? jit : names.flatMap((name, index) => (jit.includes(name) ? [index] : [])),
  ];
  return {
    ...others,
    names: names.join(' '),
    required: systems.flatMap(({ required }, index) => (required ? [index] : [])),
    rule: compact(rule),
    rules: Object.fromEntries(Object.entries(rules).map(([name, one]) => [name, compact(one)])),
  };
}

export function expandSettings({ names, required, rule, rules, ...others }: CompactSettings): ActionSettings {
  const systems = names
    .split(' ')
    .filter(Boolean)
    .map((name, index) => ({ name, required: required.includes(index) }));
  const expand = ([rev, jit]: CompactRule): ConnectionRule => ({
    rev,
    jit: typeof jit === 'boolean' ? jit : jit.map((index) => systems[index]?.name ?? ''),
  });
  const expanded = Object.entries(rules).map(([name, one]) => [name, expand(one)]);
  return { ...others, systems, rule: expand(rule), rules: Object.fromEntries(expanded) };
}
