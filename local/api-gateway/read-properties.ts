import * as z from 'zod';
import { LocalError } from '../local-error';
import type { ResolvedResource } from '../resources/resource-type';

/** Templates hold flags as booleans, parameters give them as text. */
export const flag = z.union([z.boolean(), z.stringbool({ truthy: ['true'], falsy: ['false'] })]);

export const whole = z.coerce.number().int().nonnegative();

/** Words for people, which change nothing. */
export const words = z.unknown().optional();

/** Reads properties strictly: one that is unknown, or has a value we cannot imitate, is refused by name. */
export function readProperties<Schema extends z.ZodType>(
  resource: ResolvedResource,
  schema: Schema,
): z.output<Schema> {
  const read = schema.safeParse(resource.properties);
  if (read.success) return read.data;
  const found = read.error.issues.map(describe).join('; ');
  throw new LocalError('unsupported-property', `${where(resource)}: ${found}`);
}

/** Refuses a resource in words of our own. */
export function refuseResource(resource: ResolvedResource, what: string): never {
  throw new LocalError('unsupported-property', `${where(resource)}: ${what}`);
}

function where({ type, logicalId, stackPath }: ResolvedResource): string {
  return `${type} ${stackPath ? `${stackPath}/` : ''}${logicalId}`;
}

function describe(issue: z.core.$ZodIssue): string {
  const path = issue.path.join('.');
  if (issue.code !== 'unrecognized_keys') return `${path} is not supported (${issue.message})`;
  return issue.keys.map((key) => `${path ? `${path}.` : ''}${key} is not supported`).join('; ');
}
