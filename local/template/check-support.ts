import { LocalError } from '../local-error';
import type { ResourceType } from '../resources/resource-type';
import { INTRINSIC_NAMES } from './intrinsics';
import { unsupportedParameters } from './parameters';
import { intrinsicOf, isObject, type Template } from './template';

/** `Rules` and `Metadata` say nothing about what is created: the first checks the account, the second is for tools. */
const SECTIONS = [
  'AWSTemplateFormatVersion',
  'Description',
  'Resources',
  'Parameters',
  'Conditions',
  'Mappings',
  'Outputs',
  'Rules',
  'Metadata',
];
/** What happens to a resource when its stack goes away does not matter: a local run forgets everything. */
const RESOURCE_KEYS = [
  'Type',
  'Properties',
  'Metadata',
  'DependsOn',
  'Condition',
  'DeletionPolicy',
  'UpdateReplacePolicy',
];

export interface NamedTemplate {
  /** '' for the root. */
  readonly stackPath: string;
  readonly template: Template;
}

/** Fails with `template-unsupported`, naming everything in all templates that the local run does not know. */
export function checkSupport(
  templates: readonly NamedTemplate[],
  types: ReadonlyMap<string, ResourceType>,
): void {
  const problems = templates.flatMap(({ stackPath, template }) =>
    problemsOf(template, types).map((problem) => (stackPath ? `${stackPath}: ${problem}` : problem)),
  );
  if (problems.length === 0) return;
  const lines = [...new Set(problems)].map((problem) => `\n  - ${problem}`).join('');
  throw new LocalError(
    'template-unsupported',
    `The local run does not know:${lines}\nlocal/README.md lists what it knows.`,
  );
}

export function problemsOf(template: Template, types: ReadonlyMap<string, ResourceType>): string[] {
  const sections = Object.keys(template).filter((section) => !SECTIONS.includes(section));
  return [
    ...sections.map((section) => `template section ${section}`),
    ...unsupportedParameters(template),
    ...Object.entries(template.Resources ?? {}).flatMap(([logicalId, resource]) =>
      resourceProblems(logicalId, resource, types),
    ),
    ...intrinsicProblems(template.Outputs, 'Outputs'),
  ];
}

function resourceProblems(
  logicalId: string,
  resource: unknown,
  types: ReadonlyMap<string, ResourceType>,
): string[] {
  if (!isObject(resource)) return [`resource ${logicalId}, which is no object`];
  const type = types.get(String(resource.Type));
  if (!type) return [`resource type ${String(resource.Type)} (${logicalId})`];
  const where = `${logicalId} (${type.type})`;
  const keys = Object.keys(resource).filter((key) => !RESOURCE_KEYS.includes(key));
  return [
    ...keys.map((key) => `${key} of ${where}`),
    ...propertyProblems(resource.Properties, type, where),
    ...(type.problems?.(resource.Properties) ?? []).map((problem) => `${problem} of ${where}`),
    ...intrinsicProblems(resource.Properties, where),
  ];
}

function propertyProblems(properties: unknown, type: ResourceType, where: string): string[] {
  const known = type.properties;
  if (!known || !isObject(properties)) return [];
  return Object.keys(properties)
    .filter((property) => !known.includes(property))
    .map((property) => `property ${property} of ${where}`);
}

function intrinsicProblems(value: unknown, where: string): string[] {
  const intrinsic = intrinsicOf(value);
  const own = intrinsic && !INTRINSIC_NAMES.includes(intrinsic.name) ? [`${intrinsic.name} in ${where}`] : [];
  const children = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
  return [...own, ...children.flatMap((child) => intrinsicProblems(child, where))];
}
