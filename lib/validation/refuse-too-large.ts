import { CfnOutput, Stack } from 'aws-cdk-lib';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { ConfigurationError } from '../configuration';
import { SystemStack } from '../system-stack';
import { LARGEST_ENVIRONMENT_BYTES, sizesOf } from './environment-size';
import { policyIn, type SizedPolicy } from './policy-size';

/** What CloudFormation takes of outputs of a stack. */
const MOST_OUTPUTS = 200;
const SHOWN_VARIABLES = 3;

/**
 * Refuses what AWS would refuse only in the middle of a deployment.
 *
 * @throws ConfigurationError
 */
export function refuseTooLarge(stack: Stack): void {
  const all = stack.node.findAll();
  const functions = all.filter((construct) => construct instanceof CfnFunction);
  const policies = all.flatMap((construct) => policyIn(construct) ?? []);
  const problems = [
    ...functions.flatMap(environmentProblem),
    ...policies.flatMap(policyProblem),
    ...outputsProblem(stack),
  ];
  if (problems.length > 0) throw new ConfigurationError(problems);
}

function environmentProblem(worker: CfnFunction): string[] {
  const stack = Stack.of(worker);
  const { variables = {} } = stack.resolve(worker.environment) ?? {};
  const sizes = sizesOf(variables);
  const bytes = sizes.reduce((sum, [, size]) => sum + size, 0);
  if (bytes <= LARGEST_ENVIRONMENT_BYTES) return [];
  const largest = sizes.slice(0, SHOWN_VARIABLES).map(([name, size]) => `${name} with ${grouped(size)}`);
  const given = `given what takes up to ${grouped(bytes)} bytes in the environment of its function, most of it ${largest.join(', ')}`;
  return [`${pathOf(stack)}: ${given}; allowed is ${grouped(LARGEST_ENVIRONMENT_BYTES)}.`];
}

function policyProblem({ resource, setting, of, bytes, limit }: SizedPolicy): string[] {
  if (bytes <= limit) return [];
  const where = setting === 'consumers' ? pathOf(Stack.of(resource)) : 'environments';
  const given = `given roles in ${setting} with which the policy of a ${of} takes up to ${grouped(bytes)} bytes`;
  return [`${where}: ${given}; allowed is ${grouped(limit)}.`];
}

const pathOf = (stack: Stack) => (stack instanceof SystemStack ? `systems.${stack.system}` : 'systems');

function outputsProblem(stack: Stack): string[] {
  const outputs = stack.node.findAll().filter((one) => one instanceof CfnOutput && Stack.of(one) === stack);
  if (outputs.length <= MOST_OUTPUTS) return [];
  const systems = stack.node.findAll().filter((one) => one instanceof SystemStack);
  const ofSystems = systems.reduce((sum, one) => sum + Object.keys(one.outputs).length, 0);
  const given = `given ${systems.length} systems, for which the stack has ${ofSystems} outputs of ${outputs.length} in all`;
  const words = 'One that makes its accounts itself needs the most; the rest fits into a stack of its own';
  return [`systems: ${given}; allowed is ${MOST_OUTPUTS}. ${words}.`];
}

const grouped = (value: number) => value.toLocaleString('en-US');
