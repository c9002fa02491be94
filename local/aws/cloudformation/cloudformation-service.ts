import { pseudoParameters } from '../../template/pseudo-parameters';
import { AwsError, unsupportedOperation } from '../aws-error';
import type { AwsService } from '../service';

/** The root stack as it may be described. */
export interface StackDescription {
  readonly name: string;
  /** Epoch ms. */
  readonly createdAt: number;
  readonly outputs: Readonly<Record<string, string>>;
}

type Input = Record<string, unknown>;

/** What one can ask of the root stack; nested stacks are not listed. `stack` is asked with each call. */
export function createCloudformationService(stack: () => StackDescription): AwsService {
  return {
    name: 'cloudformation',
    resourceOf: (_, { StackName }) => (typeof StackName === 'string' ? StackName : undefined),
    async handle(operation, input) {
      if (operation !== 'DescribeStacks') throw unsupportedOperation('cloudformation', operation);
      return { json: { Stacks: [describe(stack(), input)] } };
    },
    close: async () => undefined,
  };
}

function describe({ name, createdAt, outputs }: StackDescription, { StackName }: Input): Input {
  const StackId = String(pseudoParameters(name)['AWS::StackId']);
  if (StackName !== undefined && StackName !== name && StackName !== StackId) {
    throw new AwsError('ValidationError', `Stack with id ${StackName} does not exist`);
  }
  return {
    StackId,
    StackName: name,
    StackStatus: 'CREATE_COMPLETE',
    CreationTime: new Date(createdAt).toISOString(),
    Outputs: Object.entries(outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })),
  };
}
