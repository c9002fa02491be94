import { LocalError } from '../local-error';
import { isObject, type Template, type TemplateParameter } from './template';

/** The CDK's own parameter; it is read only by a rule that checks the account's bootstrap. */
const BOOTSTRAP_VERSION = 'BootstrapVersion';
const SIMPLE = ['String', 'Number'];
const LISTS = ['CommaDelimitedList', 'List<String>', 'List<Number>'];

/** Values of the template's parameters by name. Fails with `template-parameter` naming every one that has none. */
export function parameterValues(template: Template, given: Record<string, unknown>): Record<string, unknown> {
  const parameters = Object.entries(template.Parameters ?? {}).filter(([name]) => name !== BOOTSTRAP_VERSION);
  const missing = parameters.filter(
    ([name, { Default }]) => given[name] === undefined && Default === undefined,
  );
  if (missing.length > 0) {
    throw new LocalError(
      'template-parameter',
      `These parameters have no value: ${missing.map(([name]) => name).join(', ')}.`,
    );
  }
  return Object.fromEntries(parameters.map(([name, parameter]) => [name, convert(parameter, given[name])]));
}

/** Parameter types that would need something of AWS to find the value. */
export function unsupportedParameters(template: Template): string[] {
  return Object.entries(template.Parameters ?? {})
    .filter(([name, { Type }]) => name !== BOOTSTRAP_VERSION && ![...SIMPLE, ...LISTS].includes(Type))
    .map(([name, { Type }]) => `parameter ${name} of type ${Type}`);
}

function convert({ Type, Default }: TemplateParameter, given: unknown): unknown {
  const value = given ?? Default;
  if (!LISTS.includes(Type)) return Array.isArray(value) || isObject(value) ? value : String(value);
  return Array.isArray(value)
    ? value
    : String(value)
        .split(',')
        .map((item) => item.trim());
}
