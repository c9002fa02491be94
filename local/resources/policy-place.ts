import type { ResolvedResource } from './resource-type';

/** Where a policy is written, for whoever has to find it. */
export function whereOf({ stackPath, logicalId }: ResolvedResource): string {
  return stackPath === '' ? logicalId : `${stackPath}/${logicalId}`;
}
