import { parse } from 'velocityjs';
import { TemplateError } from './template-error';

/** A node of velocityjs's syntax tree, as far as we look into it. */
export interface VtlNode {
  readonly type: string;
  readonly id?: unknown;
  readonly value?: unknown;
  readonly operator?: string;
  readonly to?: string;
  readonly from?: VtlNode;
  readonly leader?: string;
  readonly isEval?: boolean;
  readonly condition?: VtlNode;
  readonly equal?: readonly [VtlNode, VtlNode];
  readonly expression?: readonly VtlNode[];
  readonly path?: readonly VtlNode[];
  readonly args?: readonly VtlNode[] | false;
}

/** Literal text, a node, or a block: an array that begins with its `#if` or `#foreach`. */
export type VtlPart = string | VtlNode | VtlTree;
export type VtlTree = readonly VtlPart[];

/** Private-use characters, which no template holds. */
const END_MARK = '\uE000end\uE000';

/**
 * Parses a template. velocityjs renders a template with an unclosed `#if` twice and cuts one with an `#end` too
 * many, where Velocity refuses both. Where a mark behind the template ends up tells good from bad.
 */
export function parseTemplate(template: string): VtlTree {
  const tree = joinText(parse(`${template}\n${END_MARK}`) as unknown as VtlTree);
  const last = tree.at(-1);
  if (countMarks(tree) !== 1 || typeof last !== 'string' || !last.endsWith(END_MARK)) {
    throw new TemplateError('unclosed-block', 'Every #if and #foreach needs its own #end');
  }
  return [...tree.slice(0, -1), last.slice(0, -END_MARK.length).replace(/\n$/, '')];
}

/** The parser cuts text where it looks like a directive, so that only the whole can be checked. */
function joinText(tree: VtlTree): VtlTree {
  const joined: VtlPart[] = [];
  for (const part of tree) {
    const before = joined.at(-1);
    if (typeof part === 'string' && typeof before === 'string') joined[joined.length - 1] = before + part;
    else joined.push(isBlock(part) ? joinText(part) : part);
  }
  return joined;
}

export function isBlock(part: VtlPart): part is VtlTree {
  return Array.isArray(part);
}

function countMarks(tree: VtlTree): number {
  return tree.reduce<number>((sum, part) => {
    if (isBlock(part)) return sum + countMarks(part);
    return sum + (typeof part === 'string' && part.includes(END_MARK) ? 1 : 0);
  }, 0);
}
