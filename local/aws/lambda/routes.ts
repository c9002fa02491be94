import type { RestRoute } from '../protocol/rest-protocol';

/** Operations of Lambda's REST interface. */
export const LAMBDA_ROUTES: readonly RestRoute[] = [
  {
    method: 'POST',
    path: '/2015-03-31/functions/{FunctionName}/invocations',
    operation: 'Invoke',
    bodyAs: 'Payload',
    headers: { InvocationType: 'x-amz-invocation-type' },
  },
];
