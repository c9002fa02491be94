import { createHash } from 'node:crypto';

/** The shortest limit among the services whose names we make up is Lambda's. */
const LONGEST = 64;

/** A name as CloudFormation would generate it, readable and the same in every run. */
export function physicalName(stackName: string, stackPath: string, logicalId: string): string {
  const nested = stackPath === '' ? [] : stackPath.split('/').map(withoutNestedStackNoise);
  const name = [stackName, ...nested, logicalId].join('-');
  if (name.length <= LONGEST) return name;
  const hash = createHash('sha256')
    .update(`${stackName}/${stackPath}/${logicalId}`)
    .digest('hex')
    .slice(0, 8);
  return `${name.slice(0, LONGEST - 9)}-${hash}`;
}

/** The CDK calls a nested stack `<path>NestedStack<path>NestedStackResource<hash>`. */
function withoutNestedStackNoise(logicalId: string): string {
  return logicalId.replace(/NestedStack.*NestedStackResource[0-9A-F]{8}$/, '');
}
