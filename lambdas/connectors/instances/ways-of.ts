import type { Environment } from '../../runtime/environment';
import type { Way, Ways } from '../provision-deps';
import type { CountryRule } from './country-rule';

/** In which instance of the system which users are; undefined of a system without instances. */
export function countryRuleOf(environment: Environment): CountryRule | undefined {
  const rule = environment.optional('instances');
  return rule === undefined ? undefined : (JSON.parse(rule) as CountryRule);
}

/**
 * The way into a system, or one for each of its instances.
 *
 * @param wayTo of an instance, with the name under which its accounts are reserved
 */
export function waysOf(
  rule: CountryRule | undefined,
  wayTo: (instance?: string, reservedIn?: string) => Way,
): Ways {
  if (rule === undefined) return wayTo();
  const ways = Object.keys(rule.countries).map(
    (instance) => [instance, wayTo(instance, reservedIn(rule, instance))] as const,
  );
  return { instances: { rule, ways: new Map(ways) } };
}

/**
 * The name under which the accounts of an instance are reserved. What was taken over before there were instances was
 * reserved under that of the system alone: who looks for it elsewhere takes it for an account that we made.
 */
export const reservedIn = (rule: CountryRule | undefined, instance: string | undefined) =>
  instance === rule?.existing ? undefined : instance;
