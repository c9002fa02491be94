import { LocalError } from '../local-error';
import { intrinsicOf, isObject } from './template';

/** Where references of a value lead. Everything here is known by the time a value is resolved. */
export interface Scope {
  ref(name: string): unknown;
  getAtt(logicalId: string, attribute: string): unknown;
  condition(name: string): boolean;
  findInMap(map: string, first: string, second: string): unknown;
}

/** `AWS::NoValue`: the property is left out. */
export const NO_VALUE = Symbol('AWS::NoValue');

type Intrinsic = (argument: unknown, scope: Scope) => unknown;

const INTRINSICS: Record<string, Intrinsic> = {
  Ref: (name, scope) => scope.ref(text(name, 'Ref')),
  'Fn::GetAtt': getAtt,
  'Fn::Join': join,
  'Fn::Sub': sub,
  'Fn::Select': select,
  'Fn::Split': split,
  'Fn::If': (argument, scope) => {
    const [condition, whenTrue, whenFalse] = list(argument, 'Fn::If', 3);
    return resolve(scope.condition(text(condition, 'Fn::If')) ? whenTrue : whenFalse, scope);
  },
  'Fn::FindInMap': (argument, scope) => {
    const [map, first, second] = list(argument, 'Fn::FindInMap', 3).map((part) =>
      text(resolve(part, scope), 'Fn::FindInMap'),
    );
    return scope.findInMap(map as string, first as string, second as string);
  },
};

export const INTRINSIC_NAMES: readonly string[] = Object.keys(INTRINSICS);

/** Gives the value without any intrinsic function. Rejects with `template-invalid` or `template-unsupported`. */
export function resolve(value: unknown, scope: Scope): unknown {
  const intrinsic = intrinsicOf(value);
  if (intrinsic) {
    const apply = INTRINSICS[intrinsic.name];
    if (!apply) throw new LocalError('template-unsupported', `${intrinsic.name} is not supported.`);
    return apply(intrinsic.argument, scope);
  }
  if (Array.isArray(value))
    return value.map((item) => resolve(item, scope)).filter((item) => item !== NO_VALUE);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, item]) => [key, resolve(item, scope)] as const)
      .filter(([, item]) => item !== NO_VALUE),
  );
}

/** Names that a string of `Fn::Sub` refers to; `${!Literal}` is none. */
export function namesInSub(template: string): string[] {
  return [...template.matchAll(/\$\{([^!][^}]*)\}/g)].map((match) => (match[1] as string).trim());
}

function getAtt(argument: unknown, scope: Scope): unknown {
  const [logicalId, attribute] = splitGetAtt(argument);
  return scope.getAtt(logicalId, text(resolve(attribute, scope), 'Fn::GetAtt'));
}

/** `['Queue', 'Arn']` or `'Queue.Arn'`; an attribute may hold dots itself, as `Outputs.Name` does. */
export function splitGetAtt(argument: unknown): [string, unknown] {
  if (Array.isArray(argument) && argument.length === 2) return [text(argument[0], 'Fn::GetAtt'), argument[1]];
  const whole = text(argument, 'Fn::GetAtt');
  const dot = whole.indexOf('.');
  if (dot < 0) throw invalid('Fn::GetAtt');
  return [whole.slice(0, dot), whole.slice(dot + 1)];
}

function join(argument: unknown, scope: Scope): string {
  const [delimiter, parts] = list(argument, 'Fn::Join', 2);
  const values = resolve(parts, scope);
  if (!Array.isArray(values)) throw invalid('Fn::Join');
  return values.map((value) => text(value, 'Fn::Join')).join(text(delimiter, 'Fn::Join'));
}

function sub(argument: unknown, scope: Scope): string {
  const [template, given] = Array.isArray(argument) ? argument : [argument, {}];
  const variables = isObject(given) ? given : {};
  return text(template, 'Fn::Sub').replace(/\$\{([^}]*)\}/g, (_, inner: string) => {
    if (inner.startsWith('!')) return `\${${inner.slice(1)}}`;
    const name = inner.trim();
    if (name in variables) return text(resolve(variables[name], scope), 'Fn::Sub');
    const value = name.includes('.') ? getAtt(name, scope) : scope.ref(name);
    return text(value, 'Fn::Sub');
  });
}

function select(argument: unknown, scope: Scope): unknown {
  const [index, values] = list(argument, 'Fn::Select', 2).map((part) => resolve(part, scope));
  if (!Array.isArray(values) || values[Number(index)] === undefined) throw invalid('Fn::Select');
  return values[Number(index)];
}

function split(argument: unknown, scope: Scope): string[] {
  const [delimiter, source] = list(argument, 'Fn::Split', 2).map((part) =>
    text(resolve(part, scope), 'Fn::Split'),
  );
  return (source as string).split(delimiter as string);
}

function list(value: unknown, name: string, length: number): unknown[] {
  if (!Array.isArray(value) || value.length !== length) throw invalid(name);
  return value;
}

function text(value: unknown, name: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw invalid(name);
}

function invalid(name: string): LocalError {
  return new LocalError('template-invalid', `${name} has an argument that CloudFormation would refuse.`);
}
