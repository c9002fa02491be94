import { isObject } from '../template/template';
import type { MetricIdentity } from './metric-store';

/** A measurement as it came in. */
export interface Measurement {
  readonly metric: MetricIdentity;
  readonly value: number;
  /** Virtual epoch ms. */
  readonly at: number;
}

/** Limits of CloudWatch: what is beyond them it would not take either. */
const LONGEST_LINE = 262_144;
const MOST_METRICS = 100;
const MOST_DIMENSIONS = 30;
const MOST_VALUES = 100;
const LARGEST_VALUE = 2 ** 360;

/**
 * The measurements in a log line of the embedded metric format; none in any other line. The line is written by
 * whoever prints in a function, so every part of it is checked, and what does not fit is left out alone.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function readEmbeddedMetrics(line: string): Measurement[] {
  const root = parse(line);
  const metadata = root && own(root, '_aws');
  if (!root || !isObject(metadata)) return [];
  const at = own(metadata, 'Timestamp');
  const directives = own(metadata, 'CloudWatchMetrics');
  if (typeof at !== 'number' || !Number.isFinite(at) || !Array.isArray(directives)) return [];
  return directives.filter(isObject).flatMap((directive) => readDirective(root, directive, at));
}

type Fields = Record<string, unknown>;

function parse(line: string): Fields | undefined {
  if (!line.startsWith('{') || line.length > LONGEST_LINE || !line.includes('"_aws"')) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function readDirective(root: Fields, directive: Fields, at: number): Measurement[] {
  const namespace = own(directive, 'Namespace');
  if (!isName(namespace) || namespace.startsWith('AWS/')) return [];
  const dimensionSets = listOf(directive, 'Dimensions').flatMap((names) => readDimensions(root, names));
  const metrics = listOf(directive, 'Metrics').slice(0, MOST_METRICS);
  return metrics.flatMap((metric) => {
    const name = isObject(metric) ? own(metric, 'Name') : undefined;
    if (!isName(name)) return [];
    return valuesOf(own(root, name)).flatMap((value) =>
      dimensionSets.map((dimensions) => ({ metric: { namespace, name, dimensions }, value, at })),
    );
  });
}

/** A set of dimensions that the line gives texts for. */
function readDimensions(root: Fields, names: unknown): Record<string, string>[] {
  if (!Array.isArray(names) || names.length > MOST_DIMENSIONS) return [];
  const entries = names.map((name) => [name, isName(name) ? own(root, name) : undefined]);
  if (!entries.every(([, value]) => isName(value))) return [];
  return [Object.fromEntries(entries) as Record<string, string>];
}

function valuesOf(value: unknown): number[] {
  const values = Array.isArray(value) ? value.slice(0, MOST_VALUES) : [value];
  return values.filter(
    (one): one is number => typeof one === 'number' && Number.isFinite(one) && Math.abs(one) <= LARGEST_VALUE,
  );
}

function listOf(fields: Fields, name: string): unknown[] {
  const list = own(fields, name);
  return Array.isArray(list) ? list : [];
}

/** Lines may name fields such as `__proto__`. */
function own(fields: Fields, name: string): unknown {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= 255;
}
