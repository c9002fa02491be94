import type { CreatedResource, ResolvedResource, ResourceType } from './resource-type';

/** A type whose resources exist so that others can refer to them, and do nothing. */
export function recordedType(
  type: string,
  why: string,
  create: (resource: ResolvedResource) => CreatedResource = ({ physicalName }) => ({ ref: physicalName }),
): ResourceType {
  return { type, support: `recorded: ${why}`, create };
}
