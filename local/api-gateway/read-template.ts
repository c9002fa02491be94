import type { ResolvedResource } from '../resources/resource-type';
import { refuseResource } from './read-properties';
import { createMappingTemplate, type MappingTemplate } from './vtl/mapping-template';

/** Reads a template of a resource; refuses with the resource's name what cannot be rendered faithfully. */
export function readTemplate(
  resource: ResolvedResource,
  template: string,
  contextPaths: ReadonlySet<string>,
): MappingTemplate {
  try {
    return createMappingTemplate(template, contextPaths);
  } catch (error) {
    return refuseResource(resource, `template: ${(error as Error).message}`);
  }
}
