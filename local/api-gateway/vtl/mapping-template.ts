import { checkTemplate, type TemplateScope } from './check-template';
import type { Input } from './input';
import { parseTemplate } from './parse-template';
import { TemplateRenderer } from './template-renderer';
import { UTIL } from './util';

/** What one rendering may read; `responseOverride` is written by response templates. */
export interface TemplateValues {
  readonly input: Input;
  readonly context: object;
  readonly stageVariables: Readonly<Record<string, string>>;
}

export interface MappingTemplate {
  render(values: TemplateValues): string;
}

/** Checks a template once; throws TemplateError for what API Gateway or the stand-in would not do. */
export function createMappingTemplate(template: string, contextPaths: ReadonlySet<string>): MappingTemplate {
  const tree = parseTemplate(template);
  const scope: TemplateScope = { contextPaths, utilFunctions: new Set(Object.keys(UTIL)) };
  checkTemplate(tree, scope);
  const asts = tree as unknown as ConstructorParameters<typeof TemplateRenderer>[0];
  return {
    // #set writes into what it is given, so that every rendering gets an object of its own.
    render: (values) => new TemplateRenderer(asts).render({ ...values, util: UTIL }),
  };
}
