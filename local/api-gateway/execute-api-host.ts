import { REGION } from '../template/pseudo-parameters';

/** Where an API would be. */
export function executeApiHost(apiId: string): string {
  return `${apiId}.execute-api.${REGION}.amazonaws.com`;
}
