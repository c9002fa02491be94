import { table, writeParts } from '../docs/generate/generated-parts';
import { CONTROL_ROUTES } from './control/control-routes';
import { FAULT_NAMES, type NamedFault, namedFault } from './faults/named-faults';
import { RESOURCE_TYPES } from './resources';

/** The parts of the README that are made from the code, by the name in their marks. */
export function readmeParts(): Record<string, string> {
  const types = [...RESOURCE_TYPES.values()].map(({ type, support }) => [`\`${type}\``, support]);
  const routes = CONTROL_ROUTES.map(({ route, does }) => [`\`${route}\``, does]);
  const faults = FAULT_NAMES.map((name) => [
    `\`${name}\``,
    namedFault(name).does,
    systemsOf(namedFault(name)),
  ]);
  return {
    faults: table(['fault', 'the system', 'of'], faults),
    'resource types': table(['resource type', 'what happens to it'], types),
    'control API': table(['call', 'what it does'], routes),
  };
}

const systemsOf = ({ remote, table: ofTable }: NamedFault) =>
  [...(remote ? ['HTTP'] : []), ...(ofTable ? ['tables'] : [])].join(', ');

if (require.main === module) writeParts('local/README.md', readmeParts());
