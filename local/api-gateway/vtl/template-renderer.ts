import { Compile, parse } from 'velocityjs';
import { callMethod } from './methods';
import type { VtlNode } from './parse-template';
import { TemplateError } from './template-error';

type Ast = ConstructorParameters<typeof Compile>[0][number];

/** Of the texts in double quotes, which are templates themselves: parsing takes longer than rendering. */
const parsedTexts = new Map<string, Ast[]>();

/**
 * velocityjs with the guesses taken out: what is undefined, of no clear truth or of no clear text is an error
 * here, where velocityjs prints the reference itself and API Gateway may print something else.
 */
export class TemplateRenderer extends Compile {
  protected override getReferences(ast: Ast, isOutput?: boolean): string {
    const value: unknown = super.getReferences(ast, false);
    return (isOutput ? toText(value, ast as unknown as VtlNode) : value) as string;
  }

  protected override evalStr(text: string): string {
    const asts = parsedTexts.get(text) ?? (parse(text) as Ast[]);
    parsedTexts.set(text, asts);
    return this.renderAstList(asts, this.contextId);
  }

  /** velocityjs asks for a bare value only for the condition of an `#if`. */
  protected override getExpression(ast: Ast): string {
    const node = ast as unknown as VtlNode;
    return (node.type === 'math' ? this.calculate(node) : truth(this.getLiteral(ast))) as unknown as string;
  }

  protected getPropMethod(property: VtlNode, target: unknown): unknown {
    const args = (property.args || []).map((arg) => this.getLiteral(arg as unknown as Ast));
    return callMethod(target, String(property.id), args);
  }

  protected getAttributes(property: VtlNode, target: unknown): unknown {
    if (target === undefined || target === null) return undefined;
    if (property.type === 'method') return this.getPropMethod(property, target);
    if (property.type !== 'property') return undefined;
    const name = String(property.id);
    return typeof target === 'object' && Object.hasOwn(target, name) ? target[name as never] : undefined;
  }

  private calculate(node: VtlNode): unknown {
    const value = (index: number) => this.operand(node.expression?.[index] as VtlNode);
    if (node.operator === 'parenthesis') return value(0);
    if (node.operator === 'not') return !truth(value(0));
    if (node.operator === '&&') return truth(value(0)) && truth(value(1));
    if (node.operator === '||') return truth(value(0)) || truth(value(1));
    if (node.operator === '==') return equal(value(0), value(1));
    if (node.operator === '!=') return !equal(value(0), value(1));
    return arithmetic(node.operator ?? '', toNumber(value(0)), toNumber(value(1)));
  }

  private operand(node: VtlNode): unknown {
    return node.type === 'math' ? this.calculate(node) : this.getLiteral(node as unknown as Ast);
  }
}

function toText(value: unknown, node: VtlNode): string {
  if (typeof value === 'string' || typeof value === 'boolean') return String(value);
  if (Number.isSafeInteger(value)) return String(value);
  if ((value === undefined || value === null) && node.leader === '$!') return '';
  const words =
    value === undefined || value === null ? 'has no value' : 'is no text, boolean or whole number';
  throw new TemplateError(
    'undefined-reference',
    `$${String(node.id)}… ${words} where the template prints it`,
  );
}

/** Whether an empty text or a zero counts as false differs between versions of Velocity. */
function truth(value: unknown): boolean {
  if (value === '' || value === 0) {
    throw new TemplateError(
      'unclear-condition',
      'Compare with == "" or == 0: an empty value has no clear truth',
    );
  }
  return value !== undefined && value !== null && value !== false;
}

/** Values of different types are compared by their text. */
function equal(one: unknown, other: unknown): boolean {
  if (one === undefined || one === null) return other === undefined || other === null;
  return typeof one === typeof other ? one === other : String(one) === String(other);
}

function arithmetic(operator: string, one: number, other: number): number | boolean {
  if (operator === '+') return one + other;
  if (operator === '-') return one - other;
  if (operator === '>') return one > other;
  if (operator === '<') return one < other;
  if (operator === '>=') return one >= other;
  if (operator === '<=') return one <= other;
  throw new TemplateError('unsupported-directive', `Operator ${operator} is not supported`);
}

function toNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  throw new TemplateError('unclear-condition', 'Only whole numbers can be added and ordered');
}
