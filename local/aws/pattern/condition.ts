import { isObject } from '../../template/template';
import { PatternError } from './pattern-error';

/** Looks at all values a field has; none when the field is absent. One value that fits is enough. */
export type Condition = (values: readonly unknown[]) => boolean;

type Operator = (operand: unknown) => Condition;

const OPERATORS: Record<string, Operator> = {
  prefix: (operand) => {
    const start = text(operand, 'prefix');
    return someText((value) => value.startsWith(start));
  },
  suffix: (operand) => {
    const end = text(operand, 'suffix');
    return someText((value) => value.endsWith(end));
  },
  'equals-ignore-case': (operand) => {
    const wanted = text(operand, 'equals-ignore-case').toLowerCase();
    return someText((value) => value.toLowerCase() === wanted);
  },
  'anything-but': anythingBut,
  exists: (operand) => {
    if (typeof operand !== 'boolean') throw new PatternError('exists takes true or false.');
    return (values) => values.length > 0 === operand;
  },
  numeric,
};

export const OPERATOR_NAMES: readonly string[] = Object.keys(OPERATORS);

/** Compiles one entry of a field's list: a literal, or an object with one operator. */
export function compileCondition(entry: unknown): Condition {
  if (!isObject(entry)) return equals(entry);
  const [name, ...others] = Object.keys(entry);
  const operator = name === undefined ? undefined : OPERATORS[name];
  if (name === undefined || !operator || others.length > 0) {
    throw new PatternError(`${JSON.stringify(entry)} is not one of: ${OPERATOR_NAMES.join(', ')}.`);
  }
  const condition = operator(entry[name]);
  return condition;
}

function equals(wanted: unknown): Condition {
  if (Array.isArray(wanted)) throw new PatternError('A list may not hold another list.');
  return (values) => values.includes(wanted);
}

/** A list of values fits when at least one of them is different from all that are excluded. */
function anythingBut(operand: unknown): Condition {
  const excluded = isObject(operand) ? [compileAffix(operand)] : list(operand).map(equals);
  return (values) => values.some((value) => excluded.every((matches) => !matches([value])));
}

function compileAffix(operand: Record<string, unknown>): Condition {
  const [name, affixes] = Object.entries(operand)[0] ?? [];
  const operator = name === 'prefix' || name === 'suffix' ? OPERATORS[name] : undefined;
  if (!operator) throw new PatternError('anything-but takes values, or prefix or suffix.');
  const conditions = list(affixes).map(operator);
  return (values) => conditions.some((condition) => condition(values));
}

function list(operand: unknown): unknown[] {
  const entries = Array.isArray(operand) ? operand : [operand];
  const plain = entries.every((entry) => typeof entry === 'string' || typeof entry === 'number');
  if (entries.length === 0 || !plain) throw new PatternError('anything-but takes texts or numbers.');
  return entries;
}

const COMPARE: Record<string, (value: number, bound: number) => boolean> = {
  '=': (value, bound) => value === bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
};

/** `['>', 0, '<=', 100]`; the lower bound comes first. */
function numeric(operand: unknown): Condition {
  if (!Array.isArray(operand) || (operand.length !== 2 && operand.length !== 4)) {
    throw new PatternError('numeric takes one or two pairs of operator and number.');
  }
  const bounds = Array.from({ length: operand.length / 2 }, (_, index) =>
    bound(operand[2 * index], operand[2 * index + 1]),
  );
  const isRange = /^[>]=?$/.test(String(operand[0])) && /^[<]=?$/.test(String(operand[2]));
  if (bounds.length === 2 && (!isRange || Number(operand[1]) >= Number(operand[3]))) {
    throw new PatternError('A numeric range takes a lower bound and then a greater upper one.');
  }
  return (values) =>
    values.some((value) => typeof value === 'number' && bounds.every((inside) => inside(value)));
}

function bound(operator: unknown, limit: unknown): (value: number) => boolean {
  const compare = COMPARE[String(operator)];
  if (!compare || typeof limit !== 'number' || Math.abs(limit) > 1e9) {
    throw new PatternError('numeric takes =, >, >=, < or <= and a number between -1e9 and 1e9.');
  }
  return (value) => compare(value, limit);
}

function someText(fits: (value: string) => boolean): Condition {
  return (values) => values.some((value) => typeof value === 'string' && fits(value));
}

function text(operand: unknown, name: string): string {
  if (typeof operand !== 'string' || operand === '')
    throw new PatternError(`${name} takes a text that is not empty.`);
  return operand;
}
