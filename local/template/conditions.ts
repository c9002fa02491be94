import { LocalError } from '../local-error';
import { resolve, type Scope } from './intrinsics';
import { isObject } from './template';

type Operator = (operands: unknown[], evaluate: (operand: unknown) => boolean, scope: Scope) => boolean;

const OPERATORS: Record<string, Operator> = {
  'Fn::Equals': ([left, right], _, scope) => String(resolve(left, scope)) === String(resolve(right, scope)),
  'Fn::And': (operands, evaluate) => operands.every(evaluate),
  'Fn::Or': (operands, evaluate) => operands.some(evaluate),
  'Fn::Not': ([operand], evaluate) => !evaluate(operand),
};

/** Whether a condition of the template holds. Conditions may refer to parameters and to each other only. */
export function evaluateCondition(name: string, conditions: Record<string, unknown>, scope: Scope): boolean {
  if (!(name in conditions))
    throw new LocalError('template-invalid', `The condition ${name} is not defined.`);
  const evaluate = (value: unknown): boolean => {
    if (isObject(value) && typeof value.Condition === 'string')
      return evaluateCondition(value.Condition, conditions, scope);
    const [operator, operands] = isObject(value) ? (Object.entries(value)[0] ?? []) : [];
    const apply = operator === undefined ? undefined : OPERATORS[operator];
    if (!apply || !Array.isArray(operands)) {
      throw new LocalError(
        'template-unsupported',
        `The condition ${name} uses ${operator ?? 'nothing'}, which is not supported.`,
      );
    }
    return apply(operands, evaluate, scope);
  };
  return evaluate(conditions[name]);
}
