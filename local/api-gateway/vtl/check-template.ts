import { parseJsonPath } from './json-path';
import { KNOWN_METHODS } from './methods';
import { isBlock, parseTemplate, type VtlNode, type VtlPart, type VtlTree } from './parse-template';
import { TemplateError } from './template-error';

/** What `$context` knows besides the override, as dotted paths. */
export interface TemplateScope {
  readonly contextPaths: ReadonlySet<string>;
  readonly utilFunctions: ReadonlySet<string>;
}

const OPERATORS = new Set(['==', '!=', '&&', '||', 'not', 'parenthesis', '+', '-', '>', '<', '>=', '<=']);
const LITERALS = new Set(['string', 'integer', 'decimal', 'bool']);
const INPUT_METHODS = new Set(['params', 'path', 'json']);
const LEFT_OVER = /#[A-Za-z{@*#[]|\$!?\{?[A-Za-z_]|\\[$#]/;

/** Refuses, before the first request, whatever the stand-in does not render as API Gateway does. */
export function checkTemplate(tree: VtlTree, scope: TemplateScope): void {
  new TemplateCheck(scope, namesSet(tree)).parts(tree);
}

class TemplateCheck {
  constructor(
    private readonly scope: TemplateScope,
    private readonly names: ReadonlySet<string>,
  ) {}

  parts(tree: VtlTree): void {
    for (const part of tree) this.part(part);
  }

  private part(part: VtlPart): void {
    if (isBlock(part)) this.parts(part);
    else if (typeof part === 'string') this.text(part);
    else this.directive(part);
  }

  private text(text: string): void {
    const found = LEFT_OVER.exec(text);
    if (found) refuse('unsupported-directive', text.slice(found.index, found.index + 20));
  }

  private directive(node: VtlNode): void {
    const { type, equal, from, condition } = node;
    if (type === 'references') this.reference(node);
    else if (type === 'set' && equal) this.assignment(equal[0], equal[1]);
    else if (type === 'foreach' && from) this.reference(from);
    else if ((type === 'if' || type === 'elseif') && condition) this.value(condition);
    else if (type !== 'comment' && type !== 'else')
      refuse('unsupported-directive', `#${String(node.id ?? type)}`);
  }

  private assignment(target: VtlNode, value: VtlNode): void {
    if (target.path && !/^context\.responseOverride\.(status|header\.[\w-]+)$/.test(pathText(target))) {
      refuse('unsupported-reference', `#set($${pathText(target)})`);
    }
    this.value(value);
  }

  private value(node: VtlNode): void {
    if (node.type === 'references') this.reference(node);
    else if (node.type === 'math') this.calculation(node);
    else if (!LITERALS.has(node.type)) refuse('unsupported-directive', `a ${node.type} literal`);
    else if (node.isEval && /[$#]/.test(String(node.value))) this.parts(parseTemplate(String(node.value)));
  }

  private calculation(node: VtlNode): void {
    if (!OPERATORS.has(node.operator ?? '')) refuse('unsupported-directive', `operator ${node.operator}`);
    for (const operand of node.expression ?? []) this.value(operand);
  }

  private reference(node: VtlNode): void {
    const [first, ...rest] = node.path ?? [];
    if (node.id === 'context') this.context(node);
    else if (node.id === 'input') this.input(first, node);
    else if (node.id === 'util') this.util(first, node);
    else if (node.id === 'stageVariables' || this.names.has(String(node.id)))
      this.methods(first ? [first] : []);
    else refuse('unsupported-reference', `$${String(node.id)}`);
    this.methods(node.id === 'context' ? [] : rest);
  }

  private input(first: VtlNode | undefined, node: VtlNode): void {
    if (first?.type === 'property' && first.id === 'body') return;
    if (first?.type !== 'method' || !INPUT_METHODS.has(String(first.id))) {
      refuse('unsupported-reference', `$${pathText(node)}`);
    }
    for (const arg of first?.args || []) {
      this.value(arg);
      if (first?.id !== 'params' && arg.type === 'string') parseJsonPath(String(arg.value));
    }
  }

  private util(first: VtlNode | undefined, node: VtlNode): void {
    if (first?.type !== 'method' || !this.scope.utilFunctions.has(String(first.id))) {
      refuse('unsupported-reference', `$${pathText(node)}`);
    }
    for (const arg of first?.args || []) this.value(arg);
  }

  private context(node: VtlNode): void {
    const path = (node.path ?? []).filter((step) => step.type === 'property').map((step) => step.id);
    if (!this.scope.contextPaths.has(path.join('.'))) refuse('unsupported-reference', `$${pathText(node)}`);
    this.methods((node.path ?? []).slice(path.length));
  }

  private methods(path: readonly VtlNode[]): void {
    for (const step of path) {
      if (step.type === 'index') refuse('unsupported-reference', 'an index in brackets');
      if (step.type !== 'method') continue;
      if (!KNOWN_METHODS.has(String(step.id))) refuse('unsupported-method', `.${String(step.id)}()`);
      for (const arg of step.args || []) this.value(arg);
    }
  }
}

function namesSet(tree: VtlTree): Set<string> {
  const names = new Set<string>(['foreach']);
  for (const part of tree) {
    if (isBlock(part)) for (const name of namesSet(part)) names.add(name);
    else if (typeof part !== 'string' && part.type === 'foreach') names.add(part.to ?? '');
    else if (typeof part !== 'string' && part.type === 'set' && !part.equal?.[0].path) {
      names.add(String(part.equal?.[0].id));
    }
  }
  return names;
}

function pathText(node: VtlNode): string {
  const step = ({ type, id }: VtlNode) => (type === 'index' ? (id as VtlNode).value : id);
  return [node.id, ...(node.path ?? []).map(step)].map(String).join('.');
}

function refuse(code: TemplateError['code'], what: string): never {
  throw new TemplateError(code, `${what} is not supported in a mapping template`);
}
