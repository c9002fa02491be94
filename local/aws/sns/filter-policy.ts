import { isObject } from '../../template/template';
import { compilePattern, isAlternatives } from '../pattern/pattern';
import { PatternError } from '../pattern/pattern-error';
import type { MessageAttribute, MessageAttributes } from './message-attributes';

export type FilterPolicyScope = 'MessageAttributes' | 'MessageBody';

/** Whether a message goes to the subscription. */
export type FilterPolicy = (message: string, attributes: MessageAttributes) => boolean;

const MOST_KEYS = 5;
const MOST_COMBINATIONS = 150;

/** Compiles the policy's JSON. Fails with PatternError for what SNS would refuse. */
export function compileFilterPolicy(json: string, scope: FilterPolicyScope): FilterPolicy {
  const policy = parse(json);
  const keys = keysOf(policy, scope);
  if (keys > MOST_KEYS)
    throw new PatternError(`A filter policy has at most ${MOST_KEYS} keys, this one has ${keys}.`);
  const combinations = combinationsOf(policy);
  if (combinations > MOST_COMBINATIONS) {
    throw new PatternError(
      `A filter policy has at most ${MOST_COMBINATIONS} combinations, this one has ${combinations}.`,
    );
  }
  const fits = compilePattern(policy);
  if (scope === 'MessageBody') return (message) => fitsBody(message, fits);
  return (_, attributes) => fits(comparable(attributes));
}

function parse(json: string): Record<string, unknown> {
  try {
    const policy: unknown = JSON.parse(json);
    if (isObject(policy)) return policy;
  } catch {
    // Falls through: text that is no JSON and JSON that is no object are refused alike.
  }
  throw new PatternError('A filter policy is a JSON object.');
}

function keysOf(policy: Record<string, unknown>, scope: FilterPolicyScope): number {
  return Object.entries(policy).reduce((sum, [name, value]) => {
    if (name === '$or' && isAlternatives(value))
      return sum + value.reduce((inner, each) => inner + keysOf(each, scope), 0);
    if (!isObject(value)) return sum + 1;
    if (scope === 'MessageAttributes')
      throw new PatternError(`${name} is nested, which only MessageBody allows.`);
    return sum + keysOf(value, scope);
  }, 0);
}

function combinationsOf(policy: Record<string, unknown>): number {
  return Object.entries(policy).reduce((product, [name, value]) => {
    if (name === '$or' && isAlternatives(value)) {
      return product * value.reduce((sum, each) => sum + combinationsOf(each), 0);
    }
    if (Array.isArray(value)) return product * value.length;
    return isObject(value) ? product * combinationsOf(value) : product;
  }, 1);
}

/** A body that is no JSON object fits no policy. */
function fitsBody(message: string, fits: (event: unknown) => boolean): boolean {
  try {
    const body: unknown = JSON.parse(message);
    return isObject(body) && fits(body);
  } catch {
    return false;
  }
}

function comparable(attributes: MessageAttributes): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => [name, valuesOf(attribute)]),
  );
}

/** Binary attributes are never compared; the symbol only makes them exist. */
function valuesOf({ DataType, StringValue = '' }: MessageAttribute): unknown {
  const type = DataType.split('.')[0];
  if (type === 'Number') return Number(StringValue);
  if (DataType === 'String.Array') return parseArray(StringValue);
  return type === 'String' ? StringValue : Symbol('binary');
}

function parseArray(json: string): unknown {
  try {
    const values: unknown = JSON.parse(json);
    return Array.isArray(values) ? values : [values];
  } catch {
    return json;
  }
}
