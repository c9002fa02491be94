import type { MappingRule } from '../../lambdas/connectors/mapping-rule';
import type { SystemConfiguration } from '../configuration';

/** A SCIM User as most servers want it. */
export const SCIM_RULES: readonly MappingRule[] = [
  { to: 'userName', from: ['username', 'email', 'user_id'], text: true, required: true },
  { to: 'displayName', from: ['name', 'username', 'email'], text: true },
  { to: 'name.givenName', from: ['given_name'], text: true },
  { to: 'name.familyName', from: ['family_name'], text: true },
  { to: 'emails', from: ['email'], text: true },
];

/** Where each attribute of an account comes from. */
export function mappingRulesOf(configuration: SystemConfiguration): readonly MappingRule[] {
  switch (configuration.kind) {
    case 'profile':
      return configuration.attributes.map((name) => ({ to: name, from: [name] }));
    case 'scim':
      return SCIM_RULES;
  }
}
