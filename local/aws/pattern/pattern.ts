import { isObject } from '../../template/template';
import { compileCondition, OPERATOR_NAMES } from './condition';
import { PatternError } from './pattern-error';

/** Whether an event fits. Every field of the pattern must; of a field's list one entry must. */
export type Pattern = (event: unknown) => boolean;

/** Compiles an EventBridge-style pattern; filter policies of SNS have the same form. Fails with PatternError. */
export function compilePattern(pattern: unknown): Pattern {
  if (!isObject(pattern)) throw new PatternError('A pattern is an object.');
  const fields = Object.entries(pattern).map(([name, value]) =>
    name === '$or' && isAlternatives(value) ? anyOf(value) : compileField(name, value),
  );
  return (event) => fields.every((fits) => fits(event));
}

/** AWS takes `$or` for an operator only in this form, else for a field's name. */
export function isAlternatives(value: unknown): value is Record<string, unknown>[] {
  if (!Array.isArray(value) || value.length < 2 || !value.every(isObject)) return false;
  return !value.some((alternative) => Object.keys(alternative).some((name) => OPERATOR_NAMES.includes(name)));
}

function anyOf(alternatives: Record<string, unknown>[]): Pattern {
  const patterns = alternatives.map(compilePattern);
  return (event) => patterns.some((fits) => fits(event));
}

function compileField(name: string, value: unknown): Pattern {
  if (Array.isArray(value)) return compileLeaf(name, value);
  if (!isObject(value)) throw new PatternError(`${name} takes a list of values.`);
  if (Object.keys(value).length === 0) throw new PatternError(`${name} is an empty object.`);
  const inner = compilePattern(value);
  return (event) => {
    const field = isObject(event) ? event[name] : undefined;
    return Array.isArray(field) ? field.some(inner) : inner(field);
  };
}

function compileLeaf(name: string, entries: unknown[]): Pattern {
  if (entries.length === 0) throw new PatternError(`${name} takes a list that is not empty.`);
  const conditions = entries.map(compileCondition);
  return (event) => {
    const values = leafValues(isObject(event) ? event[name] : undefined);
    return conditions.some((fits) => fits(values));
  };
}

/** Only leaves count: an object is as good as absent, also for `exists`. */
function leafValues(field: unknown): unknown[] {
  if (field === undefined || isObject(field)) return [];
  return Array.isArray(field) ? field.filter((item) => !isObject(item)) : [field];
}
