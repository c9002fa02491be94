import { isObject } from '../template/template';

/** Whether a log line is counted. */
export type LinePattern = (line: string) => boolean;

export class FilterPatternError extends Error {}

const COMPARISON =
  /^\(?\s*\$\.([A-Za-z0-9_.-]+)\s*(!=|=)\s*(?:"([^"\\]*)"|(-?\d+(?:\.\d+)?|[A-Za-z0-9_*.-]+))\s*\)?$/;

/**
 * Compiles a pattern of a metric filter: an empty one, one text in quotes, or comparisons with `=` and `!=` of fields
 * of a JSON line, joined by `&&`. Whatever else such patterns can say is refused.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function compileFilterPattern(pattern: string): LinePattern {
  const text = pattern.trim();
  if (text === '') return () => true;
  const quoted = /^"([^"\\]+)"$/.exec(text)?.[1];
  if (quoted !== undefined) return (line) => line.includes(quoted);
  const inner = /^\{([\s\S]*)\}$/.exec(text)?.[1];
  if (inner === undefined) throw new FilterPatternError(`the pattern ${text} is not supported`);
  const comparisons = inner.split('&&').map((part) => compileComparison(part.trim()));
  return (line) => {
    const fields = parse(line);
    return fields !== undefined && comparisons.every((fits) => fits(fields));
  };
}

type Fields = Record<string, unknown>;

function compileComparison(text: string): (fields: Fields) => boolean {
  const [, path = '', operator, quoted, plain = ''] = COMPARISON.exec(text) ?? [];
  if (operator === undefined) throw new FilterPatternError(`${text} is not supported in a pattern`);
  const wanted = quoted ?? plain;
  // A number in the pattern is compared as a number, and never equals a text of the same digits.
  const number = quoted === undefined && /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : undefined;
  const equals = (value: unknown) => (number === undefined ? matchesText(value, wanted) : value === number);
  return (fields) => {
    const value = readPath(fields, path);
    return value !== undefined && equals(value) === (operator === '=');
  };
}

function matchesText(value: unknown, wanted: string): boolean {
  const text = typeof value === 'string' || typeof value === 'boolean' ? String(value) : undefined;
  if (text === undefined) return false;
  const parts = wanted.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(text);
}

function readPath(fields: Fields, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, name) => (isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined),
      fields,
    );
}

function parse(line: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
