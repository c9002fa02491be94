import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONTROL_ROUTES } from './control/control-routes';
import { FAULT_NAMES, type NamedFault, namedFault } from './faults/named-faults';
import { RESOURCE_TYPES } from './resources';

export const README = join(__dirname, 'README.md');

/** The parts of the README that are made from the code, by the name in their marks. */
function generatedParts(): Record<string, string> {
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

/** The README with every generated part as the code would have it. */
export function withGeneratedParts(readme: string): string {
  return Object.entries(generatedParts()).reduce((text, [name, part]) => {
    const marked = new RegExp(`(<!-- generated: ${name} -->\n)[\\s\\S]*?(<!-- end -->)`);
    if (!marked.test(text)) throw new Error(`README.md has no mark for ${name}`);
    return text.replace(marked, (_, begin: string, end: string) => `${begin}\n${part}\n\n${end}`);
  }, readme);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

if (require.main === module) writeFileSync(README, withGeneratedParts(readFileSync(README, 'utf8')));
