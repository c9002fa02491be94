import { LocalError } from '../local-error';
import { dependenciesOf } from './references';
import type { TemplateResource } from './template';

/** Logical ids so that each comes after everything it refers to; the template's order where nothing decides. */
export function creationOrder(resources: Record<string, TemplateResource>): string[] {
  const order: string[] = [];
  const done = new Set<string>();
  const visit = (logicalId: string, path: string[]): void => {
    const resource = resources[logicalId];
    if (!resource || done.has(logicalId)) return;
    if (path.includes(logicalId)) throw cycle([...path, logicalId]);
    for (const dependency of dependenciesOf(resource)) visit(dependency, [...path, logicalId]);
    done.add(logicalId);
    order.push(logicalId);
  };
  for (const logicalId of Object.keys(resources)) visit(logicalId, []);
  return order;
}

function cycle(path: string[]): LocalError {
  return new LocalError(
    'template-invalid',
    `Resources depend on each other in a circle: ${path.join(' -> ')}.`,
  );
}
