import { createLambdaWorkers } from '../../../../cli/aws/lambda-workers';
import type { CliError } from '../../../../cli/cli-error';
import { createLambdaService } from '../../../../local/aws/lambda/lambda-service';
import type { FunctionInfo } from '../../../../local/functions/functions';
import type { Invocation } from '../../../../local/functions/invocation';
import { type AwsAtHand, awsAtHand } from '../../../cli/helpers/aws-at-hand';

const ARN = 'arn:aws:lambda:us-east-1:000000000000:function:connector-1';
let aws: AwsAtHand;
let events: unknown[];
let ends: Invocation;

beforeEach(async () => {
  events = [];
  ends = { requestId: 'r', ok: true, result: { said: 'yes' } };
  const invoke = async (event: unknown) => {
    events.push(event);
    return ends;
  };
  const found = { name: 'crm', arn: ARN } as FunctionInfo;
  aws = await awsAtHand(
    createLambdaService({
      find: (name) => (name === ARN ? found : undefined),
      takeSeat: async () => ({ invoke, release: () => undefined }),
    }),
  );
});
afterEach(() => aws.close());

const ask = (arn = ARN) => createLambdaWorkers(aws.context).ask(arn, { explain: 'me' });

test('a function answers whoever invokes it and waits', async () => {
  expect(await ask()).toEqual({ said: 'yes' });
  expect(events).toEqual([{ explain: 'me' }]);
});

test('fails when the function does, without a word of its error', async () => {
  ends = { requestId: 'r', ok: false, errorType: 'ada@example.com' };
  const error = (await ask().catch((failure: unknown) => failure)) as CliError;
  expect(error).toMatchObject({ code: 'worker-failed' });
  expect(`${error.message}${error.hint}`).not.toContain('ada');
});

test('fails for a function that is not there', async () => {
  await expect(ask(`${ARN}-gone`)).rejects.toMatchObject({ code: 'aws-refused' });
});

test('is invoked in no other way', async () => {
  const call = aws.call('Invoke', { FunctionName: ARN, InvocationType: 'Event', Payload: {} });
  await expect(call).rejects.toThrow('does not invoke a function by Event');
  await expect(aws.call('DeleteFunction', {})).rejects.toThrow('does not support DeleteFunction');
});
