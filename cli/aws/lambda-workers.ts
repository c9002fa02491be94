import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { parseJson } from '../../events/parse-json';
import { CliError } from '../cli-error';
import { type AwsContext, MAX_ATTEMPTS, withClock } from './client';
import { asking } from './explain-aws-error';
import type { Workers } from './workers';

export function createLambdaWorkers({ config, clock }: AwsContext): Workers {
  const client = withClock(new LambdaClient({ ...config, maxAttempts: MAX_ATTEMPTS }), clock);
  return {
    async ask(arn, payload) {
      const command = new InvokeCommand({
        FunctionName: arn,
        Payload: Buffer.from(JSON.stringify(payload)),
      });
      const { FunctionError, Payload } = await asking('lambda:InvokeFunction', client.send(command));
      if (FunctionError !== undefined) throw failed();
      return parseJson(Buffer.from(Payload ?? []).toString('utf8'));
    },
  };
}

// What it says of its error may hold anything.
function failed(): CliError {
  return new CliError(
    'worker-failed',
    'The function ended without an answer',
    'Its log says why; a function that is older than this command does not know it, so deploy it again',
  );
}
