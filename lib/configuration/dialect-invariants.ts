import { canAskFor } from '../../lambdas/connectors/scim/dialect';
import { mappingRulesOf } from '../connectors/mapping-rules-of';
import { dialectOf, findsByExternalId } from './dialect-schema';
import type { Problem } from './rule-invariants';
import type { ScimConfiguration, SystemConfiguration } from './system-schema';

/** What is wrong between a SCIM server's dialect and what is asked of it. */
export function dialectProblems(systems: Readonly<Record<string, SystemConfiguration>>): Problem[] {
  return Object.entries(systems).flatMap(([name, system]) =>
    system.kind === 'scim'
      ? [...lookUp(system), ...correlation(system), ...ending(system)].map((problem) => ({
          ...problem,
          path: ['systems', name, ...problem.path],
        }))
      : [],
  );
}

// Whoever cannot look an account up makes a second one after an answer that was lost.
function lookUp(system: ScimConfiguration): Problem[] {
  if (findsByExternalId(system.dialect)) return [];
  const { filter } = dialectOf(system.dialect);
  if (!canAskFor({ filter }, 'userName')) {
    const allowed = 'a list with externalId or userName: an account that cannot be looked up is made twice';
    return [{ path: ['dialect', 'filter'], given: JSON.stringify(filter), allowed }];
  }
  const { from = [], write = 'always' } = mappingRulesOf(system).find(({ to }) => to === 'userName') ?? {};
  if (from.join() === 'user_id' && write === 'always') return [];
  return [
    {
      path: ['mapping', 'userName'],
      given: `${from.join(', ')}${write === 'always' ? '' : `, write: '${write}'`}`,
      allowed:
        "{ from: ['user_id'] }, always written, with a dialect that cannot ask for externalId: under a name that changes an account is not found, and made twice",
    },
  ];
}

function correlation({ dialect, correlate }: ScimConfiguration): Problem[] {
  const { filter } = dialectOf(dialect);
  return correlate.flatMap(({ attribute }, index) => {
    if (filter === 'any' || canAskFor({ filter }, attribute)) return [];
    const allowed = `an attribute that the dialect can ask for: ${filter.join(', ')}`;
    return [{ path: ['correlate', index, 'attribute'], given: JSON.stringify(attribute), allowed }];
  });
}

function ending({ dialect, deprovision, scope }: ScimConfiguration): Problem[] {
  if (dialectOf(dialect).removal === 'delete') return [];
  const allowed = "'disable' with a dialect whose removal is 'disable'";
  return [
    ...(deprovision.ending === 'delete'
      ? [{ path: ['deprovision', 'ending'], given: "'delete'", allowed }]
      : []),
    ...(scope?.onLeave === 'delete' ? [{ path: ['scope', 'onLeave'], given: "'delete'", allowed }] : []),
  ];
}
