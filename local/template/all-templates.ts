import type { Assembly } from './assembly';
import type { NamedTemplate } from './check-support';
import { resolve } from './intrinsics';
import { pseudoParameters } from './pseudo-parameters';
import { createScope } from './stack-scope';
import type { Template } from './template';
import { nestedTemplate } from './template-url';

const NESTED_STACK = 'AWS::CloudFormation::Stack';

/** The stack's template and those of all stacks nested in it. */
export function allTemplates(assembly: Assembly): NamedTemplate[] {
  return withNested(assembly, assembly.template, '');
}

function withNested(assembly: Assembly, template: Template, stackPath: string): NamedTemplate[] {
  const scope = createScope(template, pseudoParameters(assembly.stackName), new Map());
  const nested = Object.entries(template.Resources ?? {}).filter(([, { Type }]) => Type === NESTED_STACK);
  return [
    { stackPath, template },
    ...nested.flatMap(([logicalId, { Properties }]) => {
      const templateUrl = String(resolve(Properties?.TemplateURL, scope));
      const path = stackPath ? `${stackPath}/${logicalId}` : logicalId;
      return withNested(assembly, nestedTemplate(assembly, templateUrl), path);
    }),
  ];
}
