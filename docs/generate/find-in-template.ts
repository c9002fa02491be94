import { sizesOf } from '../../lib/validation/environment-size';
import { resolvedText } from '../../lib/validation/resolved-text';
import type { Resource, SizedTemplate } from './synthesize-templates';

export type Properties = Readonly<Record<string, unknown>>;

/** How many there are, as the one thing to find. */
export const count = (values: object) => [Object.keys(values).length];
/** Of what CloudFormation makes of a value. */
export const bytesOf = (value: unknown) => Buffer.byteLength(resolvedText(value));

/** `measure` of each resource of a type. */
export function each(type: string, measure: (properties: Properties) => number) {
  return ({ resources }: SizedTemplate) => ofType(resources, type).map(measure);
}

export function ofType(resources: Readonly<Record<string, Resource>>, type: string): Properties[] {
  return Object.values(resources).flatMap(({ Type, Properties = {} }) => (Type === type ? [Properties] : []));
}

export const filters = (measure: (filter: Properties) => number) => (template: SizedTemplate) =>
  ofType(template.resources, 'AWS::SNS::Subscription').flatMap(({ FilterPolicy }) =>
    FilterPolicy === undefined ? [] : [measure(FilterPolicy as Properties)],
  );

export function keysOf(filter: Properties): number {
  const alternatives = (filter.$or ?? [filter]) as Properties[];
  return new Set(alternatives.flatMap((fields) => Object.keys(fields))).size;
}

/** The product over the fields, the sum over the alternatives, and every excluded value counted by itself. */
export function combinationsOf({ $or, ...fields }: Properties): number {
  const inFields = Object.values(fields)
    .map((conditions) => (conditions as unknown[]).map(valuesOf).reduce(sum, 0))
    .reduce((product, values) => product * values, 1);
  return inFields * ($or === undefined ? 1 : ($or as Properties[]).map(combinationsOf).reduce(sum, 0));
}

export const sum = (one: number, other: number) => one + other;

function valuesOf(condition: unknown): number {
  const excluded = (condition as { 'anything-but'?: unknown[] } | null)?.['anything-but'];
  return excluded === undefined ? 1 : excluded.length;
}

export function statementsOf(document: unknown): number {
  return (document as { Statement: unknown[] }).Statement.length;
}

// IAM counts no white space, and all inline policies of a role together.
export function inlinePolicyOf({ resources }: SizedTemplate): number[] {
  const sizes = new Map<string, number>();
  for (const { Roles = [], PolicyDocument } of ofType(resources, 'AWS::IAM::Policy')) {
    for (const role of Roles as unknown[]) {
      const name = JSON.stringify(role);
      sizes.set(name, (sizes.get(name) ?? 0) + resolvedText(PolicyDocument).replace(/\s/g, '').length);
    }
  }
  return [...sizes.values()];
}

export function environmentOf({ Environment }: Properties): number {
  const { Variables = {} } = (Environment ?? {}) as { Variables?: Record<string, unknown> };
  return sizesOf(Variables)
    .map(([, size]) => size)
    .reduce(sum, 0);
}

interface Widget {
  readonly properties: { readonly metrics?: readonly unknown[] };
}

export function widgetsOf({ DashboardBody }: Properties): readonly Widget[] {
  return (JSON.parse(resolvedText(DashboardBody)) as { widgets: Widget[] }).widgets;
}

export const metricsOf = ({ properties }: Widget) => properties.metrics?.length ?? 0;
