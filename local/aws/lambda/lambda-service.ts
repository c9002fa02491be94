import type { Functions } from '../../functions/functions';
import type { Invocation } from '../../functions/invocation';
import { THROTTLED } from '../../functions/invocation';
import { AwsError, unsupportedOperation } from '../aws-error';
import type { AwsService, ServiceOutput } from '../service';

type Input = Record<string, unknown>;

/** Functions as whoever waits for their answer invokes them. */
export function createLambdaService(functions: Pick<Functions, 'find' | 'takeSeat'>): AwsService {
  return {
    name: 'lambda',
    resourceOf: (_, { FunctionName }) =>
      FunctionName === undefined ? undefined : String(FunctionName).split(':').at(-1),
    async handle(operation, input) {
      if (operation !== 'Invoke') throw unsupportedOperation('lambda', operation);
      return invoke(functions, input);
    },
    close: async () => undefined,
  };
}

async function invoke(
  functions: Pick<Functions, 'find' | 'takeSeat'>,
  { FunctionName, InvocationType = 'RequestResponse', Payload }: Input,
): Promise<ServiceOutput> {
  if (InvocationType !== 'RequestResponse') {
    throw new AwsError(
      'UnsupportedOperation',
      `The local run does not invoke a function by ${InvocationType}; it has RequestResponse.`,
    );
  }
  const found = functions.find(String(FunctionName));
  if (found === undefined) {
    throw new AwsError('ResourceNotFoundException', `Function not found: ${FunctionName}`, 404);
  }
  const seat = await functions.takeSeat(found.name);
  return answerOf(await seat.invoke(Payload));
}

// What a function says may be any JSON; its failures are answers as well, and marked by a header.
function answerOf(invocation: Invocation): ServiceOutput {
  if (invocation.ok) return { json: (invocation.result ?? null) as Input };
  const { errorType } = invocation;
  if (errorType === THROTTLED) throw new AwsError(THROTTLED, 'Rate Exceeded.', 429);
  return {
    json: { errorType, errorMessage: 'The log of the function says more.' },
    headers: { 'x-amz-function-error': 'Unhandled' },
  };
}
