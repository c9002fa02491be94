import { AwsError } from '../aws/aws-error';
import { LocalError } from '../local-error';
import type { CreatedResource, ResolvedResource, ResourceType } from '../resources/resource-type';
import { creationOrder } from './creation-order';
import { resolve, type Scope } from './intrinsics';
import { parameterValues } from './parameters';
import { physicalName } from './physical-name';
import { pseudoParameters } from './pseudo-parameters';
import { createScope } from './stack-scope';
import type { Template, TemplateResource } from './template';

export interface StackToCreate {
  readonly template: Template;
  /** Of the root stack, also for nested ones: physical names begin with it. */
  readonly stackName: string;
  readonly stackPath: string;
  /** The stack's own name: a nested stack has one, too. */
  readonly ownName: string;
  readonly parameters: Record<string, unknown>;
}

/** Makes one resource and keeps it in the run. */
export type CreateResource = (type: ResourceType, resource: ResolvedResource) => Promise<CreatedResource>;

/** Creates every resource in order and gives the outputs. */
export async function createStack(
  stack: StackToCreate,
  types: ReadonlyMap<string, ResourceType>,
  create: CreateResource,
): Promise<Record<string, string>> {
  const { template } = stack;
  const created = new Map<string, CreatedResource>();
  const values = { ...pseudoParameters(stack.ownName), ...parameterValues(template, stack.parameters) };
  const scope = createScope(template, values, created);
  for (const logicalId of creationOrder(template.Resources)) {
    const resource = template.Resources[logicalId] as TemplateResource;
    if (resource.Condition !== undefined && !scope.condition(resource.Condition)) continue;
    const type = types.get(resource.Type);
    if (!type) throw new LocalError('template-unsupported', `resource type ${resource.Type} (${logicalId})`);
    created.set(logicalId, await createOne(stack, logicalId, resource, type, scope, create));
  }
  return outputsOf(template, scope);
}

async function createOne(
  { stackName, stackPath }: StackToCreate,
  logicalId: string,
  resource: TemplateResource,
  type: ResourceType,
  scope: Scope,
  create: CreateResource,
): Promise<CreatedResource> {
  try {
    return await create(type, {
      logicalId,
      stackPath,
      type: resource.Type,
      properties: resolve(resource.Properties ?? {}, scope) as Record<string, unknown>,
      metadata: resolve(resource.Metadata ?? {}, scope) as Record<string, unknown>,
      physicalName: physicalName(stackName, stackPath, logicalId),
    });
  } catch (error) {
    throw inResource(error, stackPath ? `${stackPath}/${logicalId}` : logicalId, resource.Type);
  }
}

function inResource(error: unknown, path: string, type: string): unknown {
  if (!(error instanceof LocalError || error instanceof AwsError)) return error;
  if (error.message.startsWith('Creating ')) return error;
  return new LocalError(error.code, `Creating ${path} (${type}) failed: ${error.message}`);
}

function outputsOf(template: Template, scope: Scope): Record<string, string> {
  const outputs = Object.entries(template.Outputs ?? {}).filter(
    ([, { Condition }]) => Condition === undefined || scope.condition(Condition),
  );
  return Object.fromEntries(outputs.map(([name, { Value }]) => [name, String(resolve(Value, scope))]));
}
