import { namesInSub, splitGetAtt } from './intrinsics';
import { intrinsicOf, isObject, type TemplateResource } from './template';

/** Logical ids (and parameters and pseudo parameters) that a value refers to. */
function referencesOf(value: unknown): Set<string> {
  const found = new Set<string>();
  collect(value, found);
  return found;
}

/** What must exist before the resource: everything it refers to, and its DependsOn. */
export function dependenciesOf(resource: TemplateResource): Set<string> {
  const dependsOn = resource.DependsOn ?? [];
  const found = referencesOf([resource.Properties, resource.Metadata]);
  for (const logicalId of typeof dependsOn === 'string' ? [dependsOn] : dependsOn) found.add(logicalId);
  return found;
}

function collect(value: unknown, found: Set<string>): void {
  const intrinsic = intrinsicOf(value);
  if (intrinsic?.name === 'Ref') found.add(String(intrinsic.argument));
  if (intrinsic?.name === 'Fn::GetAtt') found.add(splitGetAtt(intrinsic.argument)[0]);
  if (intrinsic?.name === 'Fn::Sub') collectSub(intrinsic.argument, found);
  if (Array.isArray(value)) for (const item of value) collect(item, found);
  else if (isObject(value)) for (const item of Object.values(value)) collect(item, found);
}

function collectSub(argument: unknown, found: Set<string>): void {
  const [template, variables] = Array.isArray(argument) ? argument : [argument, {}];
  for (const name of namesInSub(String(template))) {
    if (isObject(variables) && name in variables) continue;
    found.add(name.split('.')[0] as string);
  }
}
