import { attributeName } from '../../events/attribute-name';
import type { CountryRule } from '../../lambdas/connectors/instances/country-rule';
import type { ScimConfiguration } from '../configuration';
import { countriesOf } from '../configuration/countries-of';

/** Which instance of a system has which users, as its function is told it; undefined of one without instances. */
export function countryRuleOf({
  instances,
  country = {},
}: Pick<ScimConfiguration, 'instances' | 'country'>): CountryRule | undefined {
  if (instances === undefined) return undefined;
  const { from, default: fallback, existing } = country;
  return {
    countries: countriesOf(instances),
    ...(from !== undefined && { from: attributeName(from) }),
    ...(fallback !== undefined && { default: fallback }),
    ...(existing !== undefined && { existing }),
  };
}
