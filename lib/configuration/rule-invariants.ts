import type { JitRule } from '../../events/jit-rule';
import { jitRuleOf } from '../connectors/jit-rule-of';
import { mappingRulesOf } from '../connectors/mapping-rules-of';
import { scopeRuleOf } from '../connectors/scope-rule-of';
import { dialectOf } from './dialect-schema';
import type { JitConfiguration } from './jit-schema';
import { type MappingSource, userAttribute } from './mapping-schema';
import { isScimText } from './scim-attributes';
import type { SystemConfiguration } from './system-schema';
import { termsOf } from './terms-of';

/** What every event has of a user who has it. */
export const ALWAYS_SENT: readonly string[] = [
  ...['user_id', 'created_at', 'updated_at', 'email', 'email_verified', 'username'],
];
/** The environment of a function holds 4,096 bytes, of which the rest of it takes up to half. */
const MOST_RULES_CHARACTERS = 1_500;

export interface Problem {
  readonly path: readonly (string | number)[];
  readonly given: string;
  readonly allowed: string;
}

/** What mappings, scopes and instances are held against. */
export interface Configured {
  readonly emit: { readonly attributes: readonly string[] };
  readonly jit: JitConfiguration;
  readonly systems: Readonly<Record<string, SystemConfiguration>>;
}

/** What is wrong with mappings and scopes whose values are each fine on their own. */
export function ruleProblems({ emit, jit, systems }: Configured): Problem[] {
  const sent = sentAttributes(emit);
  return Object.entries(systems).flatMap(([name, system]) => {
    const path = ['systems', name, 'mapping'];
    // A kind may have none.
    const mapping = 'mapping' in system ? system.mapping : {};
    const entries: [string, MappingSource | null | undefined][] = Object.entries(mapping);
    const problems = entries.flatMap(([to, source]) =>
      [
        ...(source?.from ?? []).flatMap((from, index) => notSent(from, ['from', index], sent)),
        ...(system.kind === 'scim' ? notForScim(to, source ?? undefined) : []),
      ].map((problem) => ({ ...problem, path: [...path, to, ...problem.path] })),
    );
    const asked = (termsOf(system).scope?.where ?? []).flatMap(({ attribute }, index) =>
      notSent(attribute, ['systems', name, 'scope', 'where', index, 'attribute'], sent),
    );
    return [...problems, ...asked, ...tooMuch(system, path, ...rulesOf(jit, name))];
  });
}

export const sentAttributes = ({ attributes }: Configured['emit']): ReadonlySet<string> =>
  new Set([...ALWAYS_SENT, ...attributes]);

/** Nobody would ever see why such an attribute stays empty. */
export function notSent(name: string, path: Problem['path'], sent: ReadonlySet<string>): Problem[] {
  // What is no attribute at all was told already.
  if (sent.has(name) || !userAttribute.safeParse(name).success) return [];
  const allowed = `an attribute that events have: add it to emit.attributes, or take one that is always sent (${ALWAYS_SENT.join(', ')})`;
  return [{ path, given: JSON.stringify(name), allowed }];
}

function notForScim(to: string, source: MappingSource | undefined): Problem[] {
  if (to === 'userName' && source?.from === undefined) {
    const given = source === undefined ? 'null' : JSON.stringify(source.value ?? source.account);
    return [{ path: [], given, allowed: 'a mapping with from: every account has a user name of its own' }];
  }
  return (['value', 'otherwise'] as const)
    .filter((name) => isScimText(to) && source?.[name] !== undefined && typeof source[name] !== 'string')
    .map((name) => ({ path: [name], given: JSON.stringify(source?.[name]), allowed: 'a text' }));
}

/** None where every connection brings accounts. */
export function rulesOf(jit: JitConfiguration, system: string): JitRule[] {
  const rule = jitRuleOf(jit, system);
  return rule === null ? [] : [rule];
}

function tooMuch(
  system: SystemConfiguration,
  path: readonly string[],
  ...connections: readonly JitRule[]
): Problem[] {
  const ofServer =
    system.kind === 'scim'
      ? [dialectOf(system.dialect), system.auth]
      : system.kind === 'custom'
        ? [system.settings]
        : [];
  const { length } = JSON.stringify([
    mappingRulesOf(system),
    scopeRuleOf(termsOf(system).scope),
    ...ofServer,
    ...connections,
  ]);
  if (length <= MOST_RULES_CHARACTERS) return [];
  const allowed = `at most ${MOST_RULES_CHARACTERS} characters, as JSON, of all its rules, the scope, the connections of jit, the dialect, the token endpoint and the settings: a function's environment holds no more`;
  return [{ path, given: `${length} characters`, allowed }];
}
