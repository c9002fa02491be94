import { ACCOUNT, REGION } from '../template/pseudo-parameters';

/** `arn:aws:<service>:<region>:<account>:<resource>` of this run. */
export function arn(service: string, resource: string): string {
  return `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;
}

/** Who takes events for buses. */
export const EVENT_BRIDGE = 'events.amazonaws.com';

/** Who creates the resources of a template. */
export const CLOUDFORMATION = 'cloudformation.amazonaws.com';
