import { CloudFormationClient, DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { CliError } from '../cli-error';
import { type AwsContext, withClock } from './client';
import { asking } from './explain-aws-error';

/** A stack as CloudFormation tells it. */
export interface DescribedStack {
  readonly status: string;
  readonly outputs: Readonly<Record<string, string>>;
}

export async function describeStack(name: string, { config, clock }: AwsContext): Promise<DescribedStack> {
  const client = withClock(new CloudFormationClient(config), clock);
  const { Stacks = [] } = await asking(
    'cloudformation:DescribeStacks',
    client.send(new DescribeStacksCommand({ StackName: name })).catch(explainMissing(name)),
  );
  const [stack] = Stacks;
  if (stack === undefined) throw missing(name);
  return { status: stack.StackStatus ?? '', outputs: outputsOf(stack) };
}

function outputsOf({ Outputs = [] }: Stack): Record<string, string> {
  return Object.fromEntries(
    Outputs.map(({ OutputKey, OutputValue }) => [OutputKey ?? '', OutputValue ?? '']),
  );
}

// CloudFormation says it as a ValidationError, which could be anything.
function explainMissing(name: string): (error: Error) => never {
  return (error) => {
    throw /does not exist/.test(error.message) ? missing(name) : error;
  };
}

function missing(name: string): CliError {
  return new CliError(
    'no-stack',
    `There is no stack ${name} in this account and region`,
    'Look at its name, --region and --profile',
  );
}
