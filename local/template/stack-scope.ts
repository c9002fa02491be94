import { LocalError } from '../local-error';
import type { CreatedResource } from '../resources/resource-type';
import { evaluateCondition } from './conditions';
import type { Scope } from './intrinsics';
import type { Template } from './template';

/** Scope of one stack while it is created: parameters from the start, resources as they come into being. */
export function createScope(
  template: Template,
  values: Record<string, unknown>,
  created: ReadonlyMap<string, CreatedResource>,
): Scope {
  const scope: Scope = {
    ref(name) {
      if (Object.hasOwn(values, name)) return values[name];
      return resourceOf(name).ref;
    },
    getAtt(logicalId, attribute) {
      const value = resourceOf(logicalId).attributes?.[attribute];
      if (value !== undefined) return value;
      const type = template.Resources[logicalId]?.Type;
      throw new LocalError(
        'template-unsupported',
        `The attribute ${attribute} of ${logicalId} (${type}) is not known.`,
      );
    },
    condition: (name) => evaluateCondition(name, template.Conditions ?? {}, scope),
    findInMap(map, first, second) {
      const value = template.Mappings?.[map]?.[first]?.[second];
      if (value === undefined)
        throw new LocalError('template-invalid', `Mapping ${map} has no ${first}.${second}.`);
      return value;
    },
  };
  const resourceOf = (logicalId: string): CreatedResource => {
    const resource = created.get(logicalId);
    if (resource) return resource;
    throw new LocalError(
      'template-invalid',
      `${logicalId} is referred to and is no parameter or created resource.`,
    );
  };
  return scope;
}
