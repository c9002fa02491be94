import { isKnownKey, type RequestContext } from './access-request';
import { matchesArn, matchesWildcard } from './wildcard';

/** `{ ArnLike: { 'aws:SourceArn': [...] } }` with every value a list. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

type Compare = (given: string, wanted: string) => boolean;

interface Operator {
  readonly compare: Compare;
  /** Holds when no value fits, and also when the request does not carry the key. */
  readonly negated?: boolean;
}

const isEqual: Compare = (given, wanted) => given === wanted;
const isEqualInAnyCase: Compare = (given, wanted) => given.toLowerCase() === wanted.toLowerCase();
const isLike: Compare = (given, wanted) => matchesWildcard(wanted, given);
const isArnLike: Compare = (given, wanted) => matchesArn(wanted, given);

/** ArnEquals and ArnLike behave alike, as AWS says. Null is apart: it asks whether the key is there. */
const OPERATORS: Readonly<Record<string, Operator>> = {
  ArnEquals: { compare: isArnLike },
  ArnLike: { compare: isArnLike },
  ArnNotEquals: { compare: isArnLike, negated: true },
  ArnNotLike: { compare: isArnLike, negated: true },
  Bool: { compare: isEqualInAnyCase },
  StringEquals: { compare: isEqual },
  StringEqualsIgnoreCase: { compare: isEqualInAnyCase },
  StringLike: { compare: isLike },
  StringNotEquals: { compare: isEqual, negated: true },
  StringNotEqualsIgnoreCase: { compare: isEqualInAnyCase, negated: true },
  StringNotLike: { compare: isLike, negated: true },
};

const IF_EXISTS = 'IfExists';

/** Operators and keys that the local run cannot judge. */
export function unknownConditions(conditions: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(conditions).flatMap(([operator, keys]) => [
    ...(isKnownOperator(operator) ? [] : [`condition operator ${operator}`]),
    ...Object.keys(keys ?? {}).flatMap((key) => (isKnownKey(key) ? [] : [`condition key ${key}`])),
  ]);
}

/** All operators and all keys must hold; one value of each key is enough. */
export function conditionsHold(conditions: Conditions, context: RequestContext): boolean {
  return Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => holds(operator, context[key.toLowerCase()], wanted)),
  );
}

function holds(operator: string, given: string | undefined, wanted: readonly string[]): boolean {
  if (operator === 'Null')
    return wanted.some((value) => isEqualInAnyCase(String(given === undefined), value));
  const { compare, negated = false } = OPERATORS[nameOf(operator)] as Operator;
  if (given === undefined) return negated || operator.endsWith(IF_EXISTS);
  return wanted.some((value) => compare(given, value)) !== negated;
}

/** Sets of values (`ForAnyValue:`, `ForAllValues:`) are not known: no key of ours has more than one. */
function isKnownOperator(operator: string): boolean {
  return operator === 'Null' || Object.hasOwn(OPERATORS, nameOf(operator));
}

function nameOf(operator: string): string {
  return operator.endsWith(IF_EXISTS) ? operator.slice(0, -IF_EXISTS.length) : operator;
}
