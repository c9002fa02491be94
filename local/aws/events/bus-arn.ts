import { arn } from '../../resources/arn';

/** A bus is named by its name or its ARN; without either it is the one that every account has. */
export function busArnOf(nameOrArn = 'default'): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn : arn('events', `event-bus/${nameOrArn}`);
}
