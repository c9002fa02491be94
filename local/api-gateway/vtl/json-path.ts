import { TemplateError } from './template-error';

type Step = string | number;

const STEP = /^(?:\.([A-Za-z_][\w-]*)|\['([^']+)'\]|\["([^"]+)"\]|\[(\d+)\])/;

/** Steps of `$.a.b`, `$['a']` and `$.a[0]`; wildcards, slices and filters are refused. */
export function parseJsonPath(path: string): Step[] {
  const steps: Step[] = [];
  let rest = path.startsWith('$') ? path.slice(1) : refuse(path);
  while (rest !== '') {
    const match = STEP.exec(rest) ?? refuse(path);
    steps.push(match[4] === undefined ? (match[1] ?? match[2] ?? match[3] ?? '') : Number(match[4]));
    rest = rest.slice(match[0].length);
  }
  return steps;
}

export function readJsonPath(value: unknown, path: string): unknown {
  return parseJsonPath(path).reduce<unknown>(readStep, value);
}

function readStep(value: unknown, step: Step): unknown {
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, step)) return undefined;
  return (value as Record<Step, unknown>)[step];
}

function refuse(path: string): never {
  throw new TemplateError(
    'unsupported-path',
    `JSONPath ${path} is not supported, only names and indexes are`,
  );
}
