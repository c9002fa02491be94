import { attributeName } from '../../events/attribute-name';
import type { MappingRule } from '../../lambdas/connectors/intent/mapping-rule';
import type { MappingSource } from '../configuration/mapping-schema';
import { isScimText } from '../configuration/scim-attributes';
import type { SystemConfiguration } from '../configuration/system-schema';

/** A SCIM User as most servers want it. */
export const SCIM_RULES: readonly MappingRule[] = [
  { to: 'userName', from: ['username', 'email', 'user_id'], text: true, required: true },
  { to: 'displayName', from: ['name', 'username', 'email'], text: true },
  { to: 'name.givenName', from: ['given_name'], text: true },
  { to: 'name.familyName', from: ['family_name'], text: true },
  { to: 'emails', from: ['email'], text: true },
];

/** Where each attribute of an account comes from: the defaults of the kind, and what is configured instead of them. */
export function mappingRulesOf(configuration: SystemConfiguration): readonly MappingRule[] {
  switch (configuration.kind) {
    // What an invitation brings is no attribute of the user yet.
    case 'auth0':
      return [];
    case 'custom':
    case 'profile':
    case 'webhook':
    case 'eventbridge': {
      const sameNames = configuration.attributes.map((name) => ({ to: name, from: [name] }));
      return withOwn(sameNames, configuration.mapping, () => ({}));
    }
    case 'scim':
      return withOwn(SCIM_RULES, configuration.mapping, (to) => ({
        ...(isScimText(to) && { text: true }),
        ...(to === 'userName' && { required: true }),
      }));
  }
}

type Traits = Pick<MappingRule, 'text' | 'required'>;

function withOwn(
  defaults: readonly MappingRule[],
  own: { readonly [to: string]: MappingSource | null | undefined },
  traitsOf: (to: string) => Traits,
): MappingRule[] {
  const rules = new Map(defaults.map((rule) => [rule.to, rule]));
  for (const [to, source] of Object.entries(own)) {
    if (source === null || source === undefined) rules.delete(to);
    else rules.set(to, ruleOf(to, source, traitsOf(to)));
  }
  return [...rules.values()];
}

// Only what differs from the default is written down: the environment of a function holds 4 KB.
function ruleOf(to: string, source: MappingSource, { text, required }: Traits): MappingRule {
  const { from, account, join, otherwise = source.value, lowerCase, maxLength, write } = source;
  const isText = text === true || lowerCase || maxLength !== undefined;
  return {
    to,
    ...(from !== undefined && { from: from.map(attributeName) }),
    ...(account !== undefined && { account }),
    ...(join !== undefined && { join }),
    ...(otherwise !== undefined && { otherwise }),
    ...(lowerCase && { lowerCase }),
    ...(maxLength !== undefined && { maxLength }),
    ...(isText && { text: true }),
    ...(required === true && { required }),
    ...(write !== 'always' && { write }),
    ...(isLeft(source) && { whenCleared: 'leave' }),
  };
}

// That an invitation is no more, because its person is forgotten or asked for that, takes nothing away elsewhere.
function isLeft({ from = [], whenCleared }: MappingSource): boolean {
  if (whenCleared !== undefined) return whenCleared === 'leave';
  return from.length > 0 && from.every((path) => path.startsWith('app_metadata.invitation.'));
}
