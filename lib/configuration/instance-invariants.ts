import type { JitRule } from '../../events/jit-rule';
import { countryRuleOf } from '../connectors/country-rule-of';
import { mappingRulesOf } from '../connectors/mapping-rules-of';
import { scopeRuleOf } from '../connectors/scope-rule-of';
import { pascalCase } from '../pascal-case';
import { countriesOf } from './countries-of';
import { dialectOf } from './dialect-schema';
import { type Configured, notSent, type Problem, rulesOf, sentAttributes } from './rule-invariants';
import type { ScimConfiguration } from './system-schema';

/** What is wrong between the instances of a system and the countries that lead to them. */
export function instanceProblems({ emit, jit, systems }: Configured): Problem[] {
  const sent = sentAttributes(emit);
  return Object.entries(systems).flatMap(([name, system]) =>
    system.kind === 'scim'
      ? [
          ...address(system),
          ...names(system),
          ...servers(system),
          ...countries(system),
          ...choice(system, sent),
          ...tooMuch(system, rulesOf(jit, name)),
        ].map((problem) => ({ ...problem, path: ['systems', name, ...problem.path] }))
      : [],
  );
}

function address({ baseUrl, instances, country }: ScimConfiguration): Problem[] {
  const given = `${baseUrl === undefined ? 'none' : 'both'} of them`;
  const isOne = (baseUrl === undefined) !== (instances === undefined);
  if (!isOne) return [{ path: ['baseUrl'], given, allowed: 'one of baseUrl and instances, and not both' }];
  if (country === undefined || instances !== undefined) return [];
  return [{ path: ['country'], given: JSON.stringify(country), allowed: 'left out without instances' }];
}

// Constructs and outputs are called by them.
function names({ instances = {} }: ScimConfiguration): Problem[] {
  const all = Object.keys(instances);
  if (new Set(all.map(pascalCase)).size === all.length) return [];
  const allowed = 'names that still differ without their dashes, because the names of outputs have none';
  return [{ path: ['instances'], given: all.join(', '), allowed }];
}

// Two that lead to one server would each have a reservation of the same account, and each find what the other made.
function servers({ instances = {} }: ScimConfiguration): Problem[] {
  const owners = new Map<string, string>();
  return Object.entries(instances).flatMap(([instance, { baseUrl }]) => {
    // The form of an address lets some pass that is none, such as a port of five nines.
    const href = URL.canParse(baseUrl) ? new URL(baseUrl).href : baseUrl;
    const owner = owners.get(href);
    owners.set(href, owner ?? instance);
    if (owner === undefined) return [];
    const allowed = `another server than that of ${owner}: countries that share one share an instance`;
    return [{ path: ['instances', instance, 'baseUrl'], given: JSON.stringify(baseUrl), allowed }];
  });
}

function countries({ instances = {} }: ScimConfiguration): Problem[] {
  const owners = new Map<string, string>();
  return Object.entries(countriesOf(instances)).flatMap(([instance, its]) =>
    its.flatMap((one) => {
      const owner = owners.get(one);
      owners.set(one, owner ?? instance);
      if (owner === undefined) return [];
      const path = ['instances', instance, 'countries'];
      return [{ path, given: JSON.stringify(one), allowed: `a country that ${owner} does not have` }];
    }),
  );
}

function choice({ instances, country }: ScimConfiguration, sent: ReadonlySet<string>): Problem[] {
  if (instances === undefined || country === undefined) return [];
  const { from, default: fallback, existing } = country;
  const known = Object.values(countriesOf(instances)).flat();
  const isStray = (given: string | undefined, allowed: readonly string[]) =>
    given !== undefined && !allowed.includes(given);
  return [
    ...(from === undefined ? [] : notSent(from, ['country', 'from'], sent)),
    ...(isStray(fallback, known)
      ? [{ path: ['country', 'default'], given: JSON.stringify(fallback), allowed: oneOf(known) }]
      : []),
    ...(isStray(existing, Object.keys(instances))
      ? [
          {
            path: ['country', 'existing'],
            given: JSON.stringify(existing),
            allowed: oneOf(Object.keys(instances)),
          },
        ]
      : []),
  ];
}

// The environment of a function holds 4,096 bytes, of which everything else takes up to half.
const MOST_CHARACTERS = 1_900;
/** Where the secret of an instance is. */
const CHARACTERS_OF_SECRET = 70;

function tooMuch(system: ScimConfiguration, connections: readonly JitRule[]): Problem[] {
  const { instances, scope, dialect, auth } = system;
  if (instances === undefined) return [];
  const all = Object.values(instances).map((one) => [one.baseUrl, one.auth ?? auth]);
  const rules = [
    mappingRulesOf(system),
    scopeRuleOf(scope),
    dialectOf(dialect),
    countryRuleOf(system),
    ...connections,
  ];
  const text = JSON.stringify([...rules, Object.keys(instances), all]);
  const length = text.length + all.length * CHARACTERS_OF_SECRET;
  if (length <= MOST_CHARACTERS) return [];
  const allowed = `at most ${MOST_CHARACTERS} characters, as JSON, of all instances with ${CHARACTERS_OF_SECRET} for the secret of each, the mapping, the scope, the connections of jit and the dialect: a function's environment holds no more. Let countries share an instance, or make two systems of it`;
  return [{ path: ['instances'], given: `${length} characters`, allowed }];
}

const oneOf = (values: readonly string[]) => `one of ${values.join(', ')}`;
