import type { Environment } from '../../runtime/environment';
import type { Way, Ways } from '../provision-deps';
import type { CountryRule } from './country-rule';

/** In which instance of the system which users are; undefined of a system without instances. */
export function countryRuleOf(environment: Environment): CountryRule | undefined {
  const rule = environment.optional('instances');
  return rule === undefined ? undefined : (JSON.parse(rule) as CountryRule);
}

/** The way into a system, or one for each of its instances. */
export function waysOf(rule: CountryRule | undefined, wayTo: (instance?: string) => Way): Ways {
  if (rule === undefined) return wayTo();
  const ways = Object.keys(rule.countries).map((instance) => [instance, wayTo(instance)] as const);
  return { instances: { rule, ways: new Map(ways) } };
}
