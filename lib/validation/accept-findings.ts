import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { ACCEPTED_FINDINGS } from './accepted-findings';

/** Writes the accepted findings on the constructs they concern, for whoever runs cdk-nag over the app. */
export function acceptFindings(stack: IConstruct): void {
  const constructs = stack.node.findAll();
  for (const { id, at, reason } of ACCEPTED_FINDINGS) {
    for (const construct of constructs.filter((one) => at.some((path) => isAt(one, path, stack)))) {
      Validations.of(construct).acknowledge({ id, reason });
    }
  }
}

/** Whether a construct is at a path of the table. */
export function isAt(construct: IConstruct, path: string, stack: IConstruct): boolean {
  const pattern = path.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  const below = construct.node.path.slice(stack.node.path.length + 1);
  return new RegExp(`^${pattern.join('[^/]*')}$`).test(below);
}
