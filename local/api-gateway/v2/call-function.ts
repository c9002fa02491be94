import type { Seat } from '../../functions/instance-pool';
import { THROTTLED } from '../../functions/invocation';
import { within } from '../within';
import type { IntegrationDefinition } from './definitions';

/** How the call of a function ended. */
export type FunctionOutcome =
  | { readonly kind: 'answered'; readonly result: unknown; readonly requestId: string }
  | { readonly kind: 'failed' | 'forbidden' | 'throttled' | 'late'; readonly words: string };

export interface FunctionCaller {
  readonly takeSeat: (functionName: string) => Promise<Seat>;
  /** Asks the function's policy whether this route of this API may invoke it. */
  readonly mayInvoke: (functionArn: string, sourceArn: string) => boolean;
}

/** Invokes the function of an integration and waits for it as long as API Gateway does. */
export async function callFunction(
  { takeSeat, mayInvoke }: FunctionCaller,
  { functionName, functionArn, timeoutMs }: IntegrationDefinition,
  sourceArn: string,
  event: unknown,
): Promise<FunctionOutcome> {
  if (!mayInvoke(functionArn, sourceArn))
    return {
      kind: 'forbidden',
      words:
        "The IAM role configured on the integration or API Gateway doesn't have permissions to call the integration.",
    };
  const call = takeSeat(functionName).then((seat) => seat.invoke(event));
  const invocation = await within(call, timeoutMs);
  if (invocation === undefined) return { kind: 'late', words: 'The integration did not answer in time.' };
  if (invocation.ok) return { kind: 'answered', result: invocation.result, requestId: invocation.requestId };
  const { errorType } = invocation;
  return { kind: errorType === THROTTLED ? 'throttled' : 'failed', words: errorType };
}
